//! The order of results: that of deploy.yaml, whatever finishes first.

/// Sorts results by the position of their names in `order`; those without one come last, as they were.
pub fn in_order<T>(results: &mut [T], order: &[String], name: impl Fn(&T) -> &str) {
    results.sort_by_key(|result| {
        let place = order.iter().position(|it| it == name(result));
        place.unwrap_or(order.len())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_have_the_order_of_the_file() {
        let order = ["web", "api"].map(str::to_owned);
        let mut results = ["other", "api", "web", "another"];
        in_order(&mut results, &order, |name| name);
        assert_eq!(results, ["web", "api", "other", "another"]);
    }
}
