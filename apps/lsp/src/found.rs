//! A model as it was read, with what is needed to speak of it.

use std::cell::OnceCell;
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
    session: Session,
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
    lines: LineTable,
}

impl Found {
    /// `named` are the sources in the order in which the model has them: its document first.
    pub(crate) fn new(
        session: Session,
        format: Format,
        named: Vec<(Location, lsp::Uri)>,
        missing: BTreeSet<Location>,
        encoding: Encoding,
    ) -> Option<Self> {
        let model = session.model();
        let document = model.sources().iter().next()?.0;
        let diagnostics = session.diagnostics();
        let (mut sources, mut by_location) = (BTreeMap::new(), BTreeMap::new());
        for ((id, source), (location, uri)) in model.sources().iter().zip(named) {
            by_location.entry(location.clone()).or_insert(id);
            let lines = LineTable::new(&source.text);
            sources.insert(id, Named { location, uri, lines });
        }
        Some(Self {
            session,
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
            if *self.session.model().sources().get(*id).text != *text {
                if !self.session.edit(*id, &text) {
                    return false;
                }
                named.lines = LineTable::new(&text);
            }
        }
        self.places = OnceCell::new();
        self.diagnostics = self.session.diagnostics();
        true
    }

    pub(crate) fn into_session(self) -> Session {
        self.session
    }

    pub(crate) fn model(&self) -> &Model {
        self.session.model()
    }

    pub(crate) fn editor(&self) -> Editor<'_> {
        let subject = self.model().subject();
        let places = || Places::new(subject, self.document, self.format);
        Editor::new(subject, self.places.get_or_init(places))
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
        let table = &self.sources.get(&source)?.lines;
        let text = &self.model().sources().get(source).text;
        Some(Lines { text, table, encoding: self.encoding })
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
