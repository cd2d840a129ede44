//! Finds texts made with a Rust type's `Debug`, which mean nothing to a user.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, ItemFn, ItemImpl, ItemMod, Macro};

/// Macros whose text no user reads: assertions, panics, and traces.
const UNREAD: [&str; 14] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "panic",
    "unreachable",
    "todo",
    "trace",
    "debug",
    "info",
    "warn",
    "error",
    "matches",
];

/// Files that compare by such texts and never show them.
const COMPARES: [&str; 3] = [
    "src/engine/inspect/tasks.rs",
    "src/verdict/judge/health.rs",
    "src/verdict/judge/stop_reason.rs",
];

/// The SDK's wrapper that adds an error's `Debug` to its text.
const DUMP: &str = "DisplayErrorContext";

/// Returns the uses of `Debug` in a file's texts, each as `FILE: TEXT`.
pub fn debug_output(file: &str, text: &str) -> Vec<String> {
    if COMPARES.contains(&file) {
        return Vec::new();
    }
    let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut finder = Finder::default();
    finder.visit_file(&parsed);
    finder
        .0
        .into_iter()
        .map(|text| format!("{file}: {text}"))
        .collect()
}

#[derive(Default)]
struct Finder(Vec<String>);

impl Finder {
    fn texts(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let is_unread = at >= 2
                        && is_bang(&tokens[at - 1])
                        && UNREAD.contains(&tokens[at - 2].to_string().as_str());
                    if !is_unread {
                        self.texts(group.stream());
                    }
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    // `${name:?}` is the shell's.
                    let is_debug = |end: &str| {
                        text.match_indices(end).any(|(at, _)| {
                            let before = &text[..at];
                            before.rsplit('{').next().is_some_and(is_name) && !is_shell(before)
                        })
                    };
                    if text.starts_with('"') && (is_debug(":?}") || is_debug(":#?}")) {
                        self.0.push(text);
                    }
                }
                TokenTree::Ident(name) if name == DUMP => self.0.push(DUMP.to_owned()),
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

fn is_bang(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '!')
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || "_.".contains(c))
}

/// Whether the braces before a name are escaped, or the shell's in a text that is not formatted.
fn is_shell(before: &str) -> bool {
    let head = before.trim_end_matches(|c| c != '{');
    let text = head.trim_end_matches('{');
    let braces = head.len() - text.len();
    braces % 2 == 0 || braces == 1 && text.ends_with('$')
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let meta = attribute.meta.require_list();
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && meta.is_ok_and(|list| list.tokens.to_string().starts_with("test"))
    })
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if !is_for_tests(&item.attrs) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        let name = call.path.segments.last().map(|it| it.ident.to_string());
        if !name.is_some_and(|name| UNREAD.contains(&name.as_str())) {
            self.texts(call.tokens.clone());
        }
        visit::visit_macro(self, call);
    }

    /// `#[error("…")]` of thiserror.
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if attribute.path().is_ident("error")
            && let Ok(list) = attribute.meta.require_list()
        {
            self.texts(list.tokens.clone());
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let last = path.segments.last();
        if last.is_some_and(|segment| segment.ident == DUMP) {
            self.0.push(DUMP.to_owned());
        }
        visit::visit_path(self, path);
    }
}

#[test]
fn debug_output_is_found() {
    let source = r##"
        #[derive(thiserror::Error)]
        enum E { #[error("bad {0:?}")] A(u8), #[error("good {0}")] B(u8) }
        fn f(x: u8) -> String {
            assert!(x > 0, "{x:?}");
            tracing::debug!("{x:?}");
            let shell = format!("\"${{{x}:?}}\" ${{x:?}}");
            println!("{}", DisplayErrorContext(x));
            vec![format!("{:?}", x), format!("{x:#?}")].concat()
        }
        #[cfg(test)]
        mod tests { fn g(x: u8) -> String { format!("{x:?}") } }
    "##;
    let found = debug_output("src/x.rs", source);
    assert_eq!(
        found,
        [
            r#"src/x.rs: "bad {0:?}""#,
            "src/x.rs: DisplayErrorContext",
            r#"src/x.rs: "{:?}""#,
            r#"src/x.rs: "{x:#?}""#,
        ],
    );
}
