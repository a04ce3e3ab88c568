import { commands, window, workspace, type ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const restart = commands.registerCommand("joinwright.restart", async () => {
    await stop();
    await start();
  });
  const moved = workspace.onDidChangeConfiguration(async (change) => {
    if (change.affectsConfiguration("joinwright.path")) {
      await stop();
      await start();
    }
  });
  context.subscriptions.push(restart, moved);
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function start(): Promise<void> {
  const command = workspace.getConfiguration("joinwright").get("path", "joinwright");
  const server: ServerOptions = { command, args: ["lsp"] };
  // Which of these texts are models, and which DDL files they name, is for the server to say.
  const languages = ["toml", "json", "sql"];
  const options: LanguageClientOptions = {
    documentSelector: languages.flatMap((language) =>
      ["file", "untitled"].map((scheme) => ({ language, scheme })),
    ),
  };
  client = new LanguageClient("joinwright", "Joinwright", server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const reason = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(
      `Joinwright: \`${command}\` cannot be started (${reason}). ` +
        "Set `joinwright.path` to where the program is.",
    );
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}
