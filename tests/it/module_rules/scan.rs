//! What a source file uses: imports, paths in code, types and macros, made absolute.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Attribute, ExprAsync, ExprAwait, ExprMethodCall, Item, ItemMod, Macro, Path, Signature, UseTree};

/// A path that the file uses, from `crate` or from an outer crate's name on.
pub struct Used {
    pub path: Vec<String>,
    /// Inside `#[cfg(test)]`.
    pub in_test: bool,
}

/// One name (or glob) of a `use`.
pub struct Import {
    pub path: Vec<String>,
    pub is_glob: bool,
    pub is_renamed: bool,
    /// Whether it is exported again (`pub use`).
    pub is_exported: bool,
    pub in_test: bool,
}

/// All that the rules look at.
#[derive(Default)]
pub struct Scan {
    pub top_module: String,
    /// The file's module.
    pub module: Vec<String>,
    pub imports: Vec<Import>,
    pub used: Vec<Used>,
    /// The names of macros that are called, outside tests.
    pub macros: Vec<String>,
    /// Methods that are called without arguments, outside tests.
    pub methods: Vec<String>,
    /// `async fn`, `async block`, `await`, outside tests.
    pub asynchronous: Vec<&'static str>,
    /// Ways round the rules: modules from other places, renamed crates.
    pub tricks: Vec<String>,
    /// Modules in files of their own that are there for tests only: `docker::live`.
    pub test_modules: Vec<Vec<String>>,
}

impl Scan {
    /// Reads a file. `name` is its path from the package's root: `src/plan/diff.rs`. `in_test` is for a file that
    /// is compiled for tests only.
    pub fn of(name: &str, text: &str, in_test: bool) -> syn::Result<Self> {
        let file = syn::parse_file(text)?;
        let module = module_of(name);
        let mut aliases = Aliases {
            names: HashMap::new(),
            module: module.clone(),
        };
        aliases.visit_file(&file);
        let top_module = match module.first() {
            Some(top_module) => top_module.clone(),
            None if name.ends_with("main.rs") => "main".to_owned(),
            None => "lib".to_owned(),
        };
        let mut reader = Reader {
            scan: Scan {
                top_module,
                module: module.clone(),
                ..Scan::default()
            },
            aliases: aliases.names,
            module,
            tests: usize::from(in_test),
        };
        reader.visit_file(&file);
        Ok(reader.scan)
    }
}

/// `src/plan/diff.rs` is `plan::diff`, `src/plan/mod.rs` is `plan`, the crate's roots are nothing.
pub fn module_of(name: &str) -> Vec<String> {
    let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
    let mut parts: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib" | "main")) {
        parts.pop();
    }
    parts
}

/// A path with `crate`, `self` and `super` resolved. An outer crate's path is returned as it is.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = path;
    let mut relative = false;
    while let [first, tail @ ..] = rest {
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => drop(base.pop()),
            _ => break,
        }
        relative = true;
        rest = tail;
    }
    if !relative {
        return path.to_vec();
    }
    let mut whole = vec!["crate".to_owned()];
    whole.extend(base);
    whole.extend(rest.iter().cloned());
    whole
}

/// Calls `each` with (path, name it is known by, glob, renamed) for every leaf of a `use`.
fn leaves(tree: &UseTree, before: &[String], each: &mut dyn FnMut(Vec<String>, Option<String>, bool, bool)) {
    let with = |name: String| {
        let mut path = before.to_vec();
        if name != "self" || path.is_empty() {
            path.push(name);
        }
        path
    };
    match tree {
        UseTree::Path(path) => leaves(&path.tree, &with(path.ident.to_string()), each),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, before, each);
            }
        }
        UseTree::Name(name) => {
            let path = with(name.ident.to_string());
            let known = path.last().cloned();
            each(path, known, false, false);
        }
        UseTree::Rename(rename) => each(
            with(rename.ident.to_string()),
            Some(rename.rename.to_string()),
            false,
            true,
        ),
        UseTree::Glob(_) => each(before.to_vec(), None, true, false),
    }
}

/// The first pass: what each imported name stands for. Scopes are not told apart, which errs on the strict side.
struct Aliases {
    names: HashMap<String, Vec<String>>,
    module: Vec<String>,
}

impl<'ast> Visit<'ast> for Aliases {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let module = self.module.clone();
        leaves(&item.tree, &[], &mut |path, known, _, _| {
            if let Some(known) = known.filter(|known| known != "_") {
                self.names.insert(known, absolute(&path, &module));
            }
        });
    }
}

/// The second pass.
struct Reader {
    scan: Scan,
    aliases: HashMap<String, Vec<String>>,
    module: Vec<String>,
    /// How many `#[cfg(test)]` items we are inside of.
    tests: usize,
}

impl Reader {
    fn in_test(&self) -> bool {
        self.tests > 0
    }

    fn used(&mut self, path: &[String]) {
        let mut whole = absolute(path, &self.module);
        if let Some(meant) = whole.first().and_then(|first| self.aliases.get(first)) {
            let mut resolved = meant.clone();
            resolved.extend(whole.drain(1..));
            whole = resolved;
        }
        let in_test = self.in_test();
        self.scan.used.push(Used { path: whole, in_test });
    }

    fn asynchronous(&mut self, what: &'static str) {
        if !self.in_test() {
            self.scan.asynchronous.push(what);
        }
    }

    /// Paths inside a macro's tokens: identifiers with `::` between them.
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        use proc_macro2::TokenTree;
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.end_of_path(&mut path);
                    }
                    colons = 0;
                    let name = ident.to_string();
                    match name.as_str() {
                        "async" => self.asynchronous("async block"),
                        "await" => self.asynchronous("await"),
                        _ => {}
                    }
                    path.push(name);
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Punct(punct) if punct.as_char() == '!' && !path.is_empty() => {
                    if !self.in_test() {
                        self.scan.macros.extend(path.last().cloned());
                    }
                    self.end_of_path(&mut path);
                }
                TokenTree::Group(group) => {
                    self.end_of_path(&mut path);
                    colons = 0;
                    self.tokens(group.stream());
                }
                _ => {
                    self.end_of_path(&mut path);
                    colons = 0;
                }
            }
        }
        self.end_of_path(&mut path);
    }

    fn end_of_path(&mut self, path: &mut Vec<String>) {
        // A single name in a macro is a variable, or what a `use` names.
        if path.len() > 1 {
            self.used(path);
        }
        path.clear();
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

fn attributes_of(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let test = usize::from(is_for_tests(attributes_of(item)));
        self.tests += test;
        visit::visit_item(self, item);
        self.tests -= test;
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("path"))
        {
            self.scan.tricks.push(format!(
                "{}: `#[path]` on `mod {}`: a module lives where its name says",
                self.scan.top_module, item.ident
            ));
        }
        self.module.push(item.ident.to_string());
        if item.content.is_none() && self.in_test() {
            self.scan.test_modules.push(self.module.clone());
        }
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.scan.tricks.push(format!(
            "{}: `extern crate {}` hides what is used",
            self.scan.top_module, item.ident
        ));
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut found = Vec::new();
        leaves(&item.tree, &[], &mut |path, _, is_glob, is_renamed| {
            found.push((path, is_glob, is_renamed));
        });
        for (path, is_glob, is_renamed) in found {
            let whole = absolute(&path, &self.module);
            let in_test = self.in_test();
            self.scan.imports.push(Import {
                path: whole.clone(),
                is_glob,
                is_renamed,
                is_exported: !matches!(item.vis, syn::Visibility::Inherited),
                in_test,
            });
            self.scan.used.push(Used { path: whole, in_test });
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.used(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = call.path.segments.last();
        if let Some(name) = name.filter(|_| !self.in_test()) {
            self.scan.macros.push(name.ident.to_string());
        }
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }

    fn visit_signature(&mut self, signature: &'ast Signature) {
        if signature.asyncness.is_some() {
            self.asynchronous("async fn");
        }
        visit::visit_signature(self, signature);
    }

    fn visit_expr_async(&mut self, expression: &'ast ExprAsync) {
        self.asynchronous("async block");
        visit::visit_expr_async(self, expression);
    }

    fn visit_expr_closure(&mut self, expression: &'ast syn::ExprClosure) {
        if expression.asyncness.is_some() {
            self.asynchronous("async block");
        }
        visit::visit_expr_closure(self, expression);
    }

    fn visit_expr_await(&mut self, expression: &'ast ExprAwait) {
        self.asynchronous("await");
        visit::visit_expr_await(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.args.is_empty() && !self.in_test() {
            self.scan.methods.push(call.method.to_string());
        }
        visit::visit_expr_method_call(self, call);
    }
}
