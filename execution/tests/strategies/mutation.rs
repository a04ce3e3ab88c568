//! Statements with one term less.

/// The text with one term of an ON or a WHERE made true, which keeps its parameters; nothing where it has fewer than `number` + 1.
pub(crate) fn without_term(sql: &str, number: usize) -> Option<String> {
    let bare = blank_quoted(sql);
    let starts = [" ON ", " WHERE ", " AND "].iter();
    let mut starts: Vec<_> = starts
        .flat_map(|word| bare.match_indices(word).map(|(start, word)| start + word.len()))
        .collect();
    starts.sort_unstable();
    let start = *starts.get(number)?;
    let end = end_of_term(&bare, start);
    let term = sql.get(start..end)?;
    Some(format!("{}({term} OR 1 = 1){}", sql.get(..start)?, sql.get(end..)?))
}

/// The text with every quoted part made blank, so that words and brackets are what they seem.
fn blank_quoted(sql: &str) -> String {
    let mut quote = None;
    let blank = |char: char| {
        let inside = quote.is_some();
        quote = match (quote, char) {
            (None, '\'' | '"' | '`') => Some(char),
            (Some(open), _) if open == char => None,
            _ => quote,
        };
        let keep = !inside && quote.is_none();
        if keep { char.to_string() } else { "_".repeat(char.len_utf8()) }
    };
    sql.chars().map(blank).collect()
}

/// Where a term ends: at a bracket that it did not open, or at a word outside its brackets.
fn end_of_term(bare: &str, start: usize) -> usize {
    let words = [" AND ", " LEFT ", " JOIN ", " WHERE ", " ORDER ", " LIMIT "];
    let mut depth = 0;
    for (position, char) in bare.char_indices().skip_while(|(position, _)| *position < start) {
        match char {
            '(' => depth += 1,
            ')' if depth == 0 => return position,
            ')' => depth -= 1,
            ' ' if depth == 0 && words.iter().any(|word| bare[position..].starts_with(word)) => {
                return position;
            }
            _ => {}
        }
    }
    bare.len()
}

#[test]
fn one_term_is_made_true() {
    let sql =
        r#"SELECT "a ON b".x FROM t JOIN u ON t.a = u.a AND (t.b = 1 OR u.b = 2) WHERE t.c = ')'"#;
    let expected = [
        r#"SELECT "a ON b".x FROM t JOIN u ON (t.a = u.a OR 1 = 1) AND (t.b = 1 OR u.b = 2) WHERE t.c = ')'"#,
        r#"SELECT "a ON b".x FROM t JOIN u ON t.a = u.a AND ((t.b = 1 OR u.b = 2) OR 1 = 1) WHERE t.c = ')'"#,
        r#"SELECT "a ON b".x FROM t JOIN u ON t.a = u.a AND (t.b = 1 OR u.b = 2) WHERE (t.c = ')' OR 1 = 1)"#,
    ];
    for (number, expected) in expected.into_iter().enumerate() {
        assert_eq!(without_term(sql, number).as_deref(), Some(expected));
    }
    assert_eq!(without_term(sql, 3), None);
}
