//! What entities say of their hierarchies.

use rustc_hash::FxHashSet;

use super::super::attribute::{Attribute, AttributeOptions, AttributeValue};
use super::super::fault::hierarchy_faults;
use super::super::origin::origins;
use super::super::polymorphism::{Inheritance, PolymorphicLoad, Polymorphism, WithPolymorphic};
use super::super::relationship::Argument;
use super::expressions::expressions;
use super::{Reader, Subject};
use crate::base::{EntityId, ExprId, Seldom, SelectableId};
use crate::graph::{Expr, Literal, SelectableKind};
use crate::spec::document::{AttributeSpec, EntitySpec, Scalar, Text};

/// How the attribute of a discriminator is called that is no column.
const DISCRIMINATOR: &str = "polymorphic_on";

impl Reader<'_> {
    /// Reads what is declared of hierarchies, and works out what follows. Attributes are inherited
    /// and discriminators shown.
    pub(super) fn hierarchies(&mut self, entities: &[(EntityId, &EntitySpec)]) {
        for (id, spec) in entities {
            self.subject = Subject { entity: Some(*id), relationship: None };
            let polymorphism = self.polymorphism(*id, spec);
            if let Some(from) = polymorphism.from {
                self.mapping.note_aliases(from);
            }
            if polymorphism != Polymorphism::default() {
                self.mapping.entity_mut(*id).polymorphism = Seldom::new(polymorphism);
            }
        }
        let order: Vec<_> = entities.iter().map(|(id, _)| *id).collect();
        self.mapping.settle_hierarchies(&order);
        let keyed = entities.iter().filter(|(_, spec)| !spec.primary_key.is_empty());
        let keyed: FxHashSet<EntityId> = keyed.map(|(id, _)| *id).collect();
        for id in self.mapping.parents_first(&order) {
            self.show_discriminator(id);
            self.inherit_attributes(id);
            self.inherit_key(id, keyed.contains(&id));
        }
        self.defects.extend(hierarchy_faults(&self.mapping));
    }

    fn polymorphism(&mut self, id: EntityId, spec: &EntitySpec) -> Polymorphism {
        let from = spec.polymorphic_from.as_ref().and_then(|text| self.polymorphic_from(id, text));
        let also: Vec<_> = from.into_iter().collect();
        let on = spec.polymorphic_on.as_ref();
        let on = on.and_then(|text| self.discriminator(id, spec, text, &also));
        Polymorphism {
            on,
            identity: spec.polymorphic_identity.as_ref().map(identity),
            is_abstract: spec.polymorphic_abstract.is_some_and(|it| it.value),
            with: self.with_polymorphic(&spec.with_polymorphic, from.is_some()),
            from,
            load: spec.polymorphic_load.as_ref().and_then(load),
        }
    }

    /// What stands for the tables of the hierarchy; the entity's own subquery where it goes by that
    /// name.
    fn polymorphic_from(&mut self, id: EntityId, text: &Text) -> Option<SelectableId> {
        let from = self.read_from(text)?;
        let own = self.mapping.entity(id).selectable;
        let called = |id| {
            let selectable = self.mapping.graph.selectable(id);
            selectable.name.filter(|_| matches!(selectable.kind, SelectableKind::Query(_)))
        };
        let same = called(own).is_some() && called(own) == called(from);
        Some(if same { own } else { from })
    }

    /// SQL, or the name of an attribute. The attribute that is named, or has the same SQL, shows it.
    fn discriminator(
        &mut self,
        id: EntityId,
        spec: &EntitySpec,
        text: &Text,
        also: &[SelectableId],
    ) -> Option<ExprId> {
        let shows = |expression: &(&AttributeSpec, &Text)| {
            expression.0.name.text() == text.text() || expression.1.text() == text.text()
        };
        if let Some((shown, expression)) = expressions(spec).find(shows) {
            let on = self.expression_over(expression, also)?;
            let attribute = self.attribute_of(shown, AttributeValue::Expression(on));
            // What shows no column comes first, also where it is inherited.
            self.mapping.listed_mut(id).insert(0, attribute);
            return Some(on);
        }
        let named = self.mapping.names.find(text.text());
        let attribute =
            named.and_then(|name| self.mapping.entity(id).attribute(&self.mapping.graph, name));
        let column = attribute.and_then(|attribute| attribute.columns().first().copied());
        match column {
            Some(column) => Some(self.mapping.graph.occurrence(column, text.whole())),
            None => self.expression_over(text, also).map(|written| self.traced(id, written)),
        }
    }

    /// A column that shows one of the entity's own in what the hierarchy is loaded from means that
    /// one.
    fn traced(&mut self, id: EntityId, written: ExprId) -> ExprId {
        let Some(column) = self.mapping.graph.expr(written).column() else { return written };
        let own = self.mapping.entity(id).selectable;
        let graph = &mut self.mapping.graph;
        let source = origins(graph, column).into_iter().find(|source| graph.contains(own, *source));
        match source.filter(|source| *source != column) {
            Some(source) => graph.occurrence(source, graph.span(written)),
            None => written,
        }
    }

    fn with_polymorphic(&mut self, texts: &[Text], given: bool) -> Option<WithPolymorphic> {
        if texts.iter().any(|text| text.text() == "*") || texts.is_empty() && given {
            return Some(WithPolymorphic::All);
        }
        let find = |text: &Text| Some(Argument::at(self.named_entity(Some(text))?, text.whole()));
        let named: Vec<_> = texts.iter().filter_map(find).collect();
        (!texts.is_empty()).then_some(WithPolymorphic::Entities(named))
    }

    /// A discriminator that no attribute shows has one of its own. Rule: `SQLAlchemy`'s
    /// `Mapper._configure_polymorphic_setter`.
    fn show_discriminator(&mut self, id: EntityId) {
        let Some(on) = self.mapping.entity(id).polymorphism.on else { return };
        let entity = self.mapping.entity(id);
        let (name, value) = if let Expr::Column(column) = *self.mapping.graph.expr(on) {
            if entity.attribute_of(&self.mapping.graph, column).is_some() {
                return;
            }
            let name = self.mapping.graph.column(column).name;
            (name, AttributeValue::Columns(column.into()))
        } else {
            let value = AttributeValue::Expression(on);
            if entity.listed.iter().flatten().any(|attribute| attribute.value == value) {
                return;
            }
            (self.mapping.names.intern(DISCRIMINATOR), value)
        };
        if self.mapping.entity(id).attribute(&self.mapping.graph, name).is_none() {
            let label = matches!(value, AttributeValue::Expression(_)).then_some(name);
            let options = AttributeOptions { label, ..AttributeOptions::default() };
            let attribute = Attribute { name, value, options: Seldom::new(options) };
            self.mapping.listed_mut(id).push(attribute);
        }
    }

    /// An entity has the attributes of its parent, under their names where none of its own is given:
    /// first its own expressions, then what it inherits, then the rest. Rule: `SQLAlchemy`'s
    /// `Mapper._configure_properties` and `_adapt_inherited_property`.
    fn inherit_attributes(&mut self, id: EntityId) {
        let Some(parent) = self.mapping.entity(id).inherits else { return };
        if self.mapping.inheritance(id) == Some(Inheritance::Concrete) {
            return;
        }
        let (own, inherited) = (self.mapping.listed(id), self.mapping.listed(parent));
        let (mut attributes, mut rest): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|it| matches!(it.value, AttributeValue::Expression(_)));
        for inherited in inherited {
            if attributes.iter().any(|own| own.name == inherited.name) {
                continue;
            }
            match rest.iter().position(|own| is_same(own, &inherited)) {
                Some(at) => {
                    let (taken, left) = self.adapted(id, rest.remove(at), &inherited);
                    attributes.push(taken);
                    rest.extend(left);
                }
                None if inherited.columns().is_empty() => attributes.push(inherited),
                None => {}
            }
        }
        attributes.extend(rest);
        self.mapping.entity_mut(id).listed = Some(attributes);
    }

    /// An attribute that follows from columns goes by what the parent says of them; of several, that
    /// of the entity's own table is the one read. Columns that only had the same name stay apart.
    fn adapted(
        &self,
        id: EntityId,
        own: Attribute,
        inherited: &Attribute,
    ) -> (Attribute, Option<Attribute>) {
        if own.span.is_some() {
            return (own, None);
        }
        let of = |columns: Vec<_>| AttributeValue::Columns(columns.into());
        let (mut columns, others): (Vec<_>, Vec<_>) =
            own.columns().iter().copied().partition(|it| inherited.columns().contains(it));
        columns.sort_by_key(|it| inherited.columns().iter().position(|other| other == it));
        if own.name != inherited.name {
            let left = (!others.is_empty()).then(|| Attribute { value: of(others), ..own });
            return (Attribute { value: of(columns), ..inherited.clone() }, left);
        }
        let local = self.mapping.entity(id).local;
        let (first, last): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|it| self.mapping.graph.contains(local, *it));
        let columns = first.into_iter().chain(columns).chain(last).collect();
        (Attribute { value: of(columns), ..inherited.clone() }, None)
    }

    /// The key of an entity is that of its parent. Rule: `SQLAlchemy`'s `Mapper._configure_pks`.
    fn inherit_key(&mut self, id: EntityId, given: bool) {
        let Some(parent) = self.mapping.entity(id).inherits.filter(|_| !given) else { return };
        if self.mapping.inheritance(id) != Some(Inheritance::Concrete) {
            let key = self.mapping.entity(parent).primary_key.clone();
            self.mapping.entity_mut(id).primary_key = key;
        }
    }
}

/// Whether an attribute takes the place of one that the parent has.
fn is_same(own: &Attribute, inherited: &Attribute) -> bool {
    let shown = inherited.columns().first().is_some_and(|first| own.columns().contains(first));
    own.name == inherited.name || shown
}

fn identity(written: &Scalar) -> Argument<Literal> {
    let text: Box<str> = written.text().text().into();
    let value = match written {
        Scalar::String(_) => Literal::String(text),
        Scalar::Number(_) => Literal::Number(text),
        Scalar::Boolean(_) => Literal::Boolean(&*text == "true"),
    };
    Argument::at(value, written.text().whole())
}

fn load(text: &Text) -> Option<Argument<PolymorphicLoad>> {
    let load = match text.text() {
        "inline" => PolymorphicLoad::Inline,
        "selectin" => PolymorphicLoad::Selectin,
        _ => return None,
    };
    Some(Argument::at(load, text.whole()))
}
