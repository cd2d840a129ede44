//! What waits for itself, by way of others.

/// Every circle once, as the names on the way round: its last is the one that goes back to its first. What goes straight
/// back to itself is no circle here. `next` are the names that one goes on to.
pub(super) fn cycles<'a>(all: &[&'a str], next: &dyn Fn(&'a str) -> Vec<&'a str>) -> Vec<Vec<&'a str>> {
    let mut walk = CycleSearch {
        next,
        path: Vec::new(),
        done: Vec::new(),
        found: Vec::new(),
    };
    all.iter().for_each(|name| walk.from(name));
    walk.found
}

struct CycleSearch<'a, 'w> {
    next: &'w dyn Fn(&'a str) -> Vec<&'a str>,
    path: Vec<&'a str>,
    done: Vec<&'a str>,
    found: Vec<Vec<&'a str>>,
}

impl<'a> CycleSearch<'a, '_> {
    fn from(&mut self, name: &'a str) {
        if self.done.contains(&name) {
            return;
        }
        self.path.push(name);
        for next in (self.next)(name) {
            match self.path.iter().position(|open| *open == next) {
                Some(start) if next != name => self.found.push(self.path[start..].to_vec()),
                Some(_) => {}
                None => self.from(next),
            }
        }
        self.path.pop();
        self.done.push(name);
    }
}

/// A circle in words: `a → b → a`.
pub(super) fn in_words(circle: &[&str]) -> String {
    let round: Vec<&str> = circle.iter().chain(circle.first()).copied().collect();
    round.join(" → ")
}
