//! Choices of a facet within a query: read off it, written into it.
//!
//! A choice is a condition `kind=visit,letters` (or `status:denied`), or its contrary, that must hold beside all others. So the query is the one truth, whether it was typed or clicked.

use super::{Node, Query, Test};
use crate::model::Status;
use crate::store::Facet;

/// What a query says of one value of a facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing.
    Neither,
    /// Only events with this value, or another that is chosen, pass.
    Wanted,
    /// Events with this value do not pass.
    Excluded,
}

impl Query {
    /// What it says of a value.
    pub fn chosen(&self, facet: Facet, value: &str) -> Chosen {
        let found = self.parts().iter().find_map(|part| {
            let (list, chosen) = choice_of(part, facet)?;
            list.iter().any(|own| own == value).then_some(chosen)
        });
        found.unwrap_or(Chosen::Neither)
    }

    /// The same query saying this of a value.
    #[must_use]
    pub fn with_choice(&self, facet: Facet, value: &str, chosen: Chosen) -> Self {
        let mut added = chosen == Chosen::Neither;
        let mut parts = Vec::new();
        for part in self.parts() {
            let Some((mut list, own)) = choice_of(part, facet) else {
                parts.push(part.clone());
                continue;
            };
            list.retain(|other| other != value);
            if own == chosen && !added {
                list.push(value.to_owned());
                added = true;
            }
            parts.extend(choice(facet, list, own));
        }
        if !added {
            parts.extend(choice(facet, vec![value.to_owned()], chosen));
        }
        Self { root: Node::all(parts) }
    }

    /// The same query without any choice of a facet.
    #[must_use]
    pub fn without_choices(&self, facet: Facet) -> Self {
        Self { root: Node::all(self.parts().iter().filter(|part| choice_of(part, facet).is_none()).cloned().collect()) }
    }

    /// What must hold together.
    fn parts(&self) -> &[Node] {
        match &self.root {
            None => &[],
            Some(Node::All(parts)) => parts,
            Some(other) => std::slice::from_ref(other),
        }
    }
}

/// The values of a condition that is a choice of a facet.
fn choice_of(node: &Node, facet: Facet) -> Option<(Vec<String>, Chosen)> {
    let (test, chosen) = match node {
        Node::Test(test) => (test, Chosen::Wanted),
        Node::Not(part) => match &**part {
            Node::Test(test) => (test, Chosen::Excluded),
            _ => return None,
        },
        _ => return None,
    };
    let list = match test {
        Test::Text { field, whole: true, values } if facet.field() == Some(*field) => values.clone(),
        Test::Status(list) if facet == Facet::Status => list.iter().map(|status| status.name().to_owned()).collect(),
        _ => return None,
    };
    Some((list, chosen))
}

/// The condition of a choice; `None` where nothing is chosen.
fn choice(facet: Facet, values: Vec<String>, chosen: Chosen) -> Option<Node> {
    if values.is_empty() {
        return None;
    }
    let node = Node::Test(match facet.field() {
        Some(field) => Test::Text { field, whole: true, values },
        None => Test::Status(values.iter().filter_map(|name| Status::from_name(name)).collect()),
    });
    Some(if chosen == Chosen::Excluded { Node::not(node) } else { node })
}
