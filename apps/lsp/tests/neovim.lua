-- The language server in a real editor without a screen: findings, hover, an action and its edit.
-- Run by `.ci/neovim`, which names the program, and a model with one finding that an action mends.

local program, model = vim.env.JOINWRIGHT, vim.env.MODEL

local function must(holds, what)
    if not holds then error(what .. '\n' .. vim.inspect(vim.diagnostic.get(0)), 0) end
end

local function are_found(number)
    return vim.wait(10000, function() return #vim.diagnostic.get(0) == number end, 20)
end

local function request(client, method, line, character)
    local params = {
        textDocument = vim.lsp.util.make_text_document_params(0),
        position = { line = line, character = character },
        range = {
            start = { line = line, character = character },
            ['end'] = { line = line, character = character },
        },
        context = { diagnostics = {} },
    }
    local answer = client.request_sync(method, params, 10000, 0)
    must(answer and not answer.err, method .. ' has no answer')
    return answer.result
end

local function test()
    vim.cmd('edit ' .. vim.fn.fnameescape(model))
    local id = vim.lsp.start_client({ cmd = { program, 'lsp' }, root_dir = vim.fn.getcwd() })
    vim.lsp.buf_attach_client(0, id)
    local client = vim.lsp.get_client_by_id(id)
    must(are_found(1), 'one finding was expected')

    local at = vim.diagnostic.get(0)[1]
    local hover = request(client, 'textDocument/hover', at.lnum, at.col)
    must(vim.inspect(hover):find('Customer.billing', 1, true), 'the hover is of another thing')

    local actions = request(client, 'textDocument/codeAction', at.lnum, at.col)
    must(#actions > 0, 'no action was offered')
    vim.lsp.util.apply_workspace_edit(actions[1].edit, client.offset_encoding)
    must(are_found(0), 'the action did not mend')

    client.stop()
    must(vim.wait(10000, function() return client.is_stopped() end, 20), 'the server lives on')
end

local passed, why = pcall(test)
print(passed and 'passed' or 'failed: ' .. why)
vim.cmd(passed and 'qall!' or 'cquit!')
