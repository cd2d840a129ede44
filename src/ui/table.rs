//! Small tables: columns that line up, without rules.

use super::line::Line;
use super::look::Look;

/// Each row as a line, its cells under those of the row before, two blanks between; empty columns take no room.
pub fn aligned(rows: Vec<Vec<Line>>, look: Look) -> Vec<Line> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width(look))
                .max()
                .unwrap_or(0)
        })
        .collect();
    rows.into_iter().map(|row| joined(row, &widths, look)).collect()
}

fn joined(row: Vec<Line>, widths: &[usize], look: Look) -> Line {
    let cells = row.into_iter().zip(widths).filter(|(_, width)| **width > 0);
    cells.fold(Line::new(), |line, (cell, width)| {
        let gap = if line.is_empty(look) { "" } else { "  " };
        let blanks = " ".repeat(width - cell.width(look).min(*width));
        line.text(gap).line(cell).text(blanks)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_empty_ones_vanish() {
        let rows = [["web", "", "3 of 3"], ["worker", "", "1"]];
        let rows = rows.map(|row| row.map(Line::of).to_vec()).to_vec();
        let lines: Vec<String> = aligned(rows, Look::PLAIN)
            .iter()
            .map(|line| line.render(Look::PLAIN))
            .collect();
        assert_eq!(lines, ["web     3 of 3", "worker  1"]);
    }

    #[test]
    fn width_is_counted_in_columns() {
        let look = Look {
            unicode: true,
            ..Look::PLAIN
        };
        let rows = vec![
            vec![Line::of("世"), Line::of("a")],
            vec![Line::of("abc"), Line::of("b")],
        ];
        let lines: Vec<String> = aligned(rows, look).iter().map(|line| line.render(look)).collect();
        assert_eq!(lines, ["世   a", "abc  b"]);
    }
}
