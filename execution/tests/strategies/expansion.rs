//! A statement as a driver is given it: with a placeholder for each value.

use joinwright::render::Parameter;

use super::database::Facts;
use super::model::Given;

/// The text with a placeholder for each value of a list, and the values in the placeholders' order.
/// `given` are the values of a parameter, one row for each instance.
pub(crate) fn expand(
    sql: &str,
    parameters: &[Parameter],
    facts: Facts,
    given: impl Fn(&Parameter) -> Vec<Vec<Given>>,
) -> (String, Vec<Given>) {
    let (mut out, mut values) = (String::new(), Vec::new());
    // What stands for each parameter that was met: a number may be met again.
    let mut written = vec![None; parameters.len()];
    let (mut rest, mut count) = (sql, 0);
    while let Some((start, end)) = placeholder(rest, facts.placeholder) {
        out.push_str(&rest[..start]);
        let number = rest[start + 1..end].parse::<usize>().map_or(count, |number| number - 1);
        let text = written[number].get_or_insert_with(|| {
            let rows = given(&parameters[number]);
            let text = list(&rows, values.len(), facts);
            values.extend(rows.into_iter().flatten());
            text
        });
        out.push_str(text);
        rest = &rest[end..];
        count += 1;
    }
    out.push_str(rest);
    (out, values)
}

/// Placeholders for rows of values, behind those for `before` values.
fn list(rows: &[Vec<Given>], before: usize, facts: Facts) -> String {
    let mut number = before;
    let mut one = || {
        number += 1;
        if facts.placeholder == '?' {
            "?".to_owned()
        } else {
            format!("{}{number}", facts.placeholder)
        }
    };
    let several = rows.iter().any(|row| row.len() > 1);
    let row = |row: &Vec<Given>| {
        let row = row.iter().map(|_| one()).collect::<Vec<_>>().join(", ");
        if several { format!("({row})") } else { row }
    };
    let rows: Vec<_> = rows.iter().map(row).collect();
    format!("{}{}", if several { facts.row_list } else { "" }, rows.join(", "))
}

/// Where the first placeholder is: a sign and its number, outside quotes and names.
fn placeholder(sql: &str, sign: char) -> Option<(usize, usize)> {
    let (mut quote, mut last) = (None, ' ');
    for (position, char) in sql.char_indices() {
        let in_name = last.is_alphanumeric() || last == '_' || last == '$';
        if quote.is_none() && char == sign && !in_name {
            let start = position + 1;
            let digits = sql[start..].bytes().take_while(u8::is_ascii_digit).count();
            return Some((position, start + digits));
        }
        quote = match (quote, char) {
            (None, '\'' | '"' | '`') => Some(char),
            (Some(open), _) if open == char => None,
            _ => quote,
        };
        last = char;
    }
    None
}
