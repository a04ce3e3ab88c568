//! What an editor asks of a model: offsets and strings, no protocol.
//!
//! [`Places`] knows where a model names what, also in texts that are half-written; it is made once
//! for each version of a model. An [`Editor`] answers questions with it, one file each.

mod about;
mod actions;
mod complete;
mod gather;
mod goto;
mod hints;
mod hover;
mod outline;
mod place;
mod rename;
mod respell;
mod silence;
mod tokens;

pub use actions::Action;
pub use complete::{Completion, CompletionKind};
pub use hints::Hint;
pub use hover::Hover;
pub use outline::{Symbol, SymbolKind};
pub use place::{Place, Places, Thing};
pub use rename::{Named, Refusal};
pub use tokens::{Token, TokenKind};

use crate::answer::Subject;

/// A model and its places, ready for questions.
///
/// ```
/// use joinwright::Model;
/// use joinwright::editor::{Editor, Places};
/// use joinwright::spec::Format;
///
/// let text = "ddl = 'CREATE TABLE a (id INT PRIMARY KEY)'\n[entity.A]\ntable = 'a'\n";
/// let model = Model::from_toml("model.toml", text);
/// let source = model.sources().iter().next().ok_or("no source")?.0;
/// let places = Places::new(model.subject(), source, Format::Toml);
/// let editor = Editor::new(model.subject(), &places);
/// let offset = text.rfind("a'").ok_or("no table")?;
/// let found = editor.definition(source, u32::try_from(offset)?);
/// assert_eq!(model.slice(found[0]), "a");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Editor<'a> {
    subject: Subject<'a>,
    places: &'a Places,
}

impl<'a> Editor<'a> {
    /// `places` are those of the same model.
    pub fn new(subject: Subject<'a>, places: &'a Places) -> Self {
        Self { subject, places }
    }
}
