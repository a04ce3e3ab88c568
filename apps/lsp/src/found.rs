//! A model as it was read, with what is needed to speak of it.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use gen_lsp_types as lsp;
use joinwright::base::SourceId;
use joinwright::editor::{Editor, Places};
use joinwright::report::Diagnostic;
use joinwright::spec::Format;
use joinwright::text::{LineTable, Span};
use joinwright::{Model, Session};

use crate::convert::{Encoding, Lines};
use crate::location::Location;

/// One version of a model: read, resolved and checked.
#[derive(Debug)]
pub(crate) struct Found {
    /// Edits leave it unfinished; the first question makes good for that.
    session: RefCell<Session>,
    format: Format,
    /// Made when the first question is asked: findings need none.
    places: OnceCell<Places>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) document: SourceId,
    sources: BTreeMap<SourceId, Named>,
    by_location: BTreeMap<Location, SourceId>,
    /// Files that it names and that could not be read.
    missing: BTreeSet<Location>,
    encoding: Encoding,
}

/// A source as the client knows it.
#[derive(Debug)]
struct Named {
    location: Location,
    uri: lsp::Uri,
    text: String,
    lines: LineTable,
}

impl Found {
    /// `named` are the sources in the order in which the model has them: its document first.
    pub(crate) fn new(
        mut session: Session,
        format: Format,
        named: Vec<(Location, lsp::Uri)>,
        missing: BTreeSet<Location>,
        encoding: Encoding,
    ) -> Option<Self> {
        let diagnostics = session.diagnostics();
        let model = session.model();
        let document = model.sources().iter().next()?.0;
        let (mut sources, mut by_location) = (BTreeMap::new(), BTreeMap::new());
        for ((id, source), (location, uri)) in model.sources().iter().zip(named) {
            by_location.entry(location.clone()).or_insert(id);
            let (text, lines) = (source.text.to_string(), LineTable::new(&source.text));
            sources.insert(id, Named { location, uri, text, lines });
        }
        Some(Self {
            session: RefCell::new(session),
            format,
            places: OnceCell::new(),
            diagnostics,
            document,
            sources,
            by_location,
            missing,
            encoding,
        })
    }

    /// Takes the texts as `read` has them now; says whether that is all it takes, or the model must
    /// be read from a new draft.
    pub(crate) fn keep_up(
        &mut self,
        read: impl Fn(&Location) -> Option<(lsp::Uri, Vec<u8>)>,
    ) -> bool {
        for (id, named) in &mut self.sources {
            let now = read(&named.location).filter(|_| self.missing.is_empty());
            let now = now.and_then(|(uri, bytes)| Some((uri, String::from_utf8(bytes).ok()?)));
            let Some((uri, text)) = now else { return false };
            named.uri = uri;
            if named.text != text {
                if !self.session.get_mut().edit(*id, &text) {
                    return false;
                }
                named.lines = LineTable::new(&text);
                named.text = text;
            }
        }
        self.places = OnceCell::new();
        self.diagnostics = self.session.get_mut().diagnostics();
        true
    }

    pub(crate) fn into_session(self) -> Session {
        self.session.into_inner()
    }

    /// What a question about the model comes to; it may not ask another.
    pub(crate) fn ask<A>(&self, question: impl FnOnce(&Model) -> A) -> A {
        question(self.session.borrow_mut().model())
    }

    /// What a question about places in the texts comes to; it may not ask another.
    pub(crate) fn ask_editor<A>(&self, question: impl FnOnce(Editor<'_>) -> A) -> A {
        self.ask(|model| {
            let subject = model.subject();
            let places = || Places::new(subject, self.document, self.format);
            question(Editor::new(subject, self.places.get_or_init(places)))
        })
    }

    /// The source at a location, if the model has it.
    pub(crate) fn source(&self, location: &Location) -> Option<SourceId> {
        self.by_location.get(location).copied()
    }

    /// Whether the model depends on what is at a location.
    pub(crate) fn reads(&self, location: &Location) -> bool {
        self.by_location.contains_key(location) || self.missing.contains(location)
    }

    /// Where the model's sources are.
    pub(crate) fn locations(&self) -> impl Iterator<Item = &Location> {
        self.by_location.keys()
    }

    pub(crate) fn uri(&self, source: SourceId) -> Option<&lsp::Uri> {
        self.sources.get(&source).map(|named| &named.uri)
    }

    pub(crate) fn lines(&self, source: SourceId) -> Option<Lines<'_>> {
        let Named { text, lines: table, .. } = self.sources.get(&source)?;
        Some(Lines { text, table, encoding: self.encoding })
    }

    /// The text that a span covers.
    pub(crate) fn slice(&self, span: Span) -> Option<&str> {
        self.sources.get(&span.source)?.text.get(span.start as usize..span.end as usize)
    }

    pub(crate) fn offset(&self, source: SourceId, position: lsp::Position) -> Option<u32> {
        u32::try_from(self.lines(source)?.offset(position)).ok()
    }

    pub(crate) fn span(&self, source: SourceId, range: lsp::Range) -> Option<Span> {
        let lines = self.lines(source)?;
        Some(Span::new(source, lines.offset(range.start), lines.offset(range.end)))
    }

    pub(crate) fn range(&self, span: Span) -> Option<lsp::Range> {
        Some(self.lines(span.source)?.range(span.start, span.end))
    }

    pub(crate) fn location(&self, span: Span) -> Option<lsp::Location> {
        Some(lsp::Location { uri: self.uri(span.source)?.clone(), range: self.range(span)? })
    }
}
