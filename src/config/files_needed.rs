//! The files that deploy.yaml names, which are read before it is loaded.

use std::borrow::Cow;

use indexmap::IndexSet;

use super::definition;
use super::interpolate::{Interpolator, Lookups};
use super::load::Document;
use super::session_settings::known_now;
use crate::diagnostic::Problems;
use crate::model::{Node, NodeKind};

impl Document {
    /// Returns the files that task definitions and `envFile` name, as written: relative to deploy.yaml. Files whose
    /// names depend on values that aren't known yet are left out.
    pub fn files_needed(&self, lookups: &Lookups) -> Vec<String> {
        let mut problems = Problems::default();
        let mut interpolator = Interpolator::new(&self.root, lookups, &self.sources, &mut problems);
        interpolator.resolve_vars();
        let mut search = FileSearch {
            interpolator,
            files: IndexSet::new(),
        };
        for section in ["services", "jobs"] {
            search.each(self.root.get(section), |search, service| {
                let definition = service.get("taskDefinition");
                if let Some(definition) = definition.and_then(|it| search.now(it)) {
                    search.definition(&definition);
                }
            });
        }
        search.files.into_iter().collect()
    }
}

struct FileSearch<'a> {
    interpolator: Interpolator<'a>,
    files: IndexSet<String>,
}

impl FileSearch<'_> {
    fn definition(&mut self, definition: &Node) {
        let base = definition.get("base").and_then(|base| self.now(base));
        let named = base.as_deref().unwrap_or(definition).as_str();
        self.files.extend(named.and_then(definition::path));
        self.each(definition.get("containerDefinitions"), |search, container| {
            let Some(paths) = container.get(definition::ENV_FILE) else {
                return;
            };
            let Some(paths) = search.now(paths) else { return };
            for path in definition::env_file_paths(&paths) {
                let path = search.now(path);
                let path = path.as_deref().and_then(Node::as_str).filter(|it| !it.is_empty());
                search.files.extend(path.map(str::to_owned));
            }
        });
    }

    /// Calls `visit` for each member of a mapping, or item of a list.
    fn each(&mut self, node: Option<&Node>, visit: impl Fn(&mut Self, &Node)) {
        let Some(node) = node.and_then(|node| self.now(node)) else {
            return;
        };
        let values = node.members().iter().map(|entry| &entry.value);
        for value in values.chain(node.items().unwrap_or_default()) {
            if let Some(value) = self.now(value) {
                visit(self, &value);
            }
        }
    }

    /// Returns what a text refers to, if that is known now; anything else as it is. A variable may hold any part of
    /// the file.
    fn now<'n>(&mut self, node: &'n Node) -> Option<Cow<'n, Node>> {
        match &node.kind {
            NodeKind::Text(_) => known_now(node, &mut self.interpolator).map(Cow::Owned),
            _ => Some(Cow::Borrowed(node)),
        }
    }
}
