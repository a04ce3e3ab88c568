//! The first words of a statement, which decide whether it is read at all.

use crate::report::nearest;

/// What kind of statement begins with these words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    CreateTable,
    CreateIndex,
    AlterTable,
    DropTable,
    DropIndex,
    RenameTable,
    /// Nothing that declares tables or keys.
    Passed,
    /// It may declare something, but is no statement that is known.
    Unknown {
        relevant: bool,
    },
}

/// The first words of a statement.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Head<'t> {
    /// The first word.
    pub(super) verb: &'t str,
    second: &'t str,
    /// What is created, altered, dropped or renamed.
    object: &'t str,
    /// What the first word does, where it defines something.
    defines: Option<Verb>,
    /// What the object is, once it is known.
    kind: Option<Object>,
    words: u8,
}

/// What a definition does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verb {
    Create,
    Alter,
    Drop,
    Rename,
}

/// What a definition is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Object {
    Table,
    Index,
    Routine,
    /// A routine that holds others.
    Package,
    Type,
    Other,
}

/// Words between the verb and the object are few, even in `CREATE ALGORITHM = … DEFINER = … VIEW`.
const FARTHEST_OBJECT: u8 = 12;

const ROUTINES: [&str; 4] = ["TRIGGER", "FUNCTION", "PROCEDURE", "EVENT"];

const OTHER_OBJECTS: &[&str] = &[
    "ACCESS",
    "AGGREGATE",
    "APPLICATION",
    "ASSEMBLY",
    "AUTHORIZATION",
    "CAST",
    "CERTIFICATE",
    "COLLATION",
    "CONTEXT",
    "CONTRACT",
    "CONVERSION",
    "CREDENTIAL",
    "DATABASE",
    "DEFAULT",
    "DIRECTORY",
    "DOMAIN",
    "EXTENSION",
    "EXTERNAL",
    "FULLTEXT",
    "GROUP",
    "LANGUAGE",
    "LARGE",
    "LIBRARY",
    "LINK",
    "LOGFILE",
    "LOGIN",
    "MESSAGE",
    "OPERATOR",
    "PARTITION",
    "POLICY",
    "PRIVILEGES",
    "PROFILE",
    "PUBLICATION",
    "QUEUE",
    "RESOURCE",
    "ROLE",
    "ROUTE",
    "ROUTINE",
    "RULE",
    "SCHEMA",
    "SEQUENCE",
    "SERVER",
    "SERVICE",
    "SESSION",
    "STATISTICS",
    "SUBSCRIPTION",
    "SYMMETRIC",
    "SYNONYM",
    "SYSTEM",
    "TABLESPACE",
    "TEXT",
    "TRANSFORM",
    "UNDO",
    "USER",
    "VIEW",
    "XML",
];

/// Verbs of statements that declare no table, column or key.
const OTHER_VERBS: &[&str] = &[
    "ABORT",
    "ANALYZE",
    "ATTACH",
    "AUDIT",
    "BACKUP",
    "BEGIN",
    "CALL",
    "CHECK",
    "CHECKPOINT",
    "CLOSE",
    "CLUSTER",
    "COMMENT",
    "COMMIT",
    "CONNECT",
    "COPY",
    "DBCC",
    "DEALLOCATE",
    "DECLARE",
    "DELETE",
    "DELIMITER",
    "DENY",
    "DESC",
    "DESCRIBE",
    "DETACH",
    "DISABLE",
    "DISCARD",
    "DISCONNECT",
    "DO",
    "ELSE",
    "ENABLE",
    "END",
    "EXEC",
    "EXECUTE",
    "EXIT",
    "EXPLAIN",
    "FETCH",
    "FLUSH",
    "GO",
    "GRANT",
    "HANDLER",
    "IF",
    "IMPORT",
    "INSERT",
    "INSTALL",
    "KILL",
    "LISTEN",
    "LOAD",
    "LOCK",
    "MERGE",
    "NOAUDIT",
    "NOTIFY",
    "OPEN",
    "OPTIMIZE",
    "PRAGMA",
    "PREPARE",
    "PRINT",
    "PURGE",
    "QUIT",
    "RAISERROR",
    "REASSIGN",
    "REFRESH",
    "REINDEX",
    "RELEASE",
    "REPAIR",
    "REPLACE",
    "RESET",
    "RESTORE",
    "RETURN",
    "REVOKE",
    "ROLLBACK",
    "SAVE",
    "SAVEPOINT",
    "SECURITY",
    "SELECT",
    "SET",
    "SHOW",
    "SHUTDOWN",
    "SIGNAL",
    "SOURCE",
    "START",
    "STOP",
    "TABLE",
    "THROW",
    "TRUNCATE",
    "UNLISTEN",
    "UNLOCK",
    "UPDATE",
    "UPSERT",
    "USE",
    "VACUUM",
    "VALUES",
    "WAITFOR",
    "WHILE",
    "WITH",
    "XA",
];

impl<'t> Head<'t> {
    /// Takes the statement's next word; says whether the object is known by it.
    pub(super) fn push(&mut self, word: &'t str) -> bool {
        if self.is_complete() {
            return false;
        }
        self.words += 1;
        match self.words {
            1 => {
                (self.verb, self.defines) = (word, Verb::of(word));
                return true;
            }
            2 => self.second = word,
            _ => {}
        }
        self.kind = self.defines.and_then(|_| Object::of(word));
        if self.kind.is_some() {
            self.object = word;
        }
        self.kind.is_some()
    }

    /// Whether further words say nothing of what the statement is.
    pub(super) fn is_complete(&self) -> bool {
        self.kind.is_some() || self.words > FARTHEST_OBJECT
    }

    /// Whether it may declare tables or keys, by the words taken so far.
    pub(super) fn may_declare(&self) -> bool {
        self.defines.is_some() && self.class() != Class::Passed
    }

    pub(super) fn class(&self) -> Class {
        let Some(verb) = self.defines else {
            let passed = self.verb.is_empty() || listed(self.verb, OTHER_VERBS);
            return if passed { Class::Passed } else { Class::Unknown { relevant: false } };
        };
        let Some(object) = self.kind else {
            return Class::Unknown { relevant: verb != Verb::Drop };
        };
        match (verb, object) {
            (Verb::Create, Object::Table) => Class::CreateTable,
            (Verb::Create, Object::Index) => Class::CreateIndex,
            (Verb::Alter, Object::Table) => Class::AlterTable,
            (Verb::Drop, Object::Table) => Class::DropTable,
            (Verb::Drop, Object::Index) => Class::DropIndex,
            (Verb::Rename, Object::Table) => Class::RenameTable,
            _ => Class::Passed,
        }
    }

    /// The statement that was meant, where a slip of the hand is in the first two words.
    pub(super) fn meant(&self) -> Option<String> {
        if listed(self.verb, OTHER_VERBS) || self.kind.is_some() {
            return None;
        }
        let verb = nearest(self.verb, ["CREATE", "ALTER"])?;
        Some(format!("{verb} {}", nearest(self.second, ["TABLE", "INDEX"])?))
    }

    /// The words that name the statement: `CREATE TABLE`.
    pub(super) fn what(&self) -> String {
        let object = if self.kind.is_some() { self.object } else { self.second };
        let words = if self.defines.is_some() { [self.verb, object] } else { [self.verb, ""] };
        words.join(" ").trim_end().to_uppercase()
    }

    pub(super) fn is_copy(&self) -> bool {
        self.verb.eq_ignore_ascii_case("copy")
    }

    /// Whether other statements can follow directly, as after `IF …`.
    pub(super) fn is_control(&self) -> bool {
        listed(self.verb, &["IF", "ELSE", "BEGIN", "WHILE"])
    }

    /// Whether it begins a block without name: `BEGIN … END`.
    pub(super) fn is_block(&self) -> bool {
        listed(self.verb, &["BEGIN", "DECLARE"])
    }

    pub(super) fn is_routine(&self) -> bool {
        matches!(self.kind, Some(Object::Routine | Object::Package))
    }

    /// Whether it holds routines that each have an end of their own.
    pub(super) fn is_package(&self) -> bool {
        matches!(self.kind, Some(Object::Package | Object::Type))
    }
}

impl Verb {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            _ if listed(word, &["CREATE"]) => Self::Create,
            _ if listed(word, &["ALTER"]) => Self::Alter,
            _ if listed(word, &["DROP"]) => Self::Drop,
            _ if listed(word, &["RENAME"]) => Self::Rename,
            _ => return None,
        })
    }
}

impl Object {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            _ if listed(word, &["TABLE"]) => Self::Table,
            _ if listed(word, &["INDEX"]) => Self::Index,
            _ if listed(word, &["PACKAGE"]) => Self::Package,
            _ if listed(word, &["TYPE"]) => Self::Type,
            _ if listed(word, &ROUTINES) => Self::Routine,
            _ if listed(word, OTHER_OBJECTS) => Self::Other,
            _ => return None,
        })
    }
}

/// Whether a word is one of these, which are told apart by their length first.
fn listed(word: &str, list: &[&str]) -> bool {
    list.iter().any(|other| word.len() == other.len() && word.eq_ignore_ascii_case(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> Class {
        let mut head = Head::default();
        for word in text.split(' ') {
            head.push(word);
        }
        head.class()
    }

    #[test]
    fn the_object_may_stand_behind_other_words() {
        assert_eq!(class("create global temporary table index"), Class::CreateTable);
        assert_eq!(class("CREATE UNIQUE CLUSTERED INDEX i"), Class::CreateIndex);
        assert_eq!(class("CREATE DEFINER root SQL SECURITY DEFINER VIEW table"), Class::Passed);
        assert_eq!(class("insert into table"), Class::Passed);
    }

    #[test]
    fn a_misspelt_definition_may_have_declared_something() {
        assert_eq!(class("CREATE TABEL t"), Class::Unknown { relevant: true });
        assert_eq!(class("SELEKT 1"), Class::Unknown { relevant: false });
    }
}
