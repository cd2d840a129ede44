//! Small tables: aligned columns without rules.

use super::line::Line;
use super::terminal_style::TerminalStyle;

/// Formats each row as a line with cells aligned in columns, separated by two spaces; omits empty columns.
pub fn aligned(rows: Vec<Vec<Line>>, look: TerminalStyle) -> Vec<Line> {
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

/// Like `aligned` if the terminal is wide enough. Otherwise splits each row over several lines: as many cells
/// on each as fit, with the later lines indented.
pub fn fitted(rows: Vec<Vec<Line>>, look: TerminalStyle) -> Vec<Line> {
    let lines = aligned(rows.clone(), look);
    match look.width {
        Some(columns) if lines.iter().any(|line| line.trimmed_width(look) > columns) => rows
            .into_iter()
            .flat_map(|row| flowed(row, columns, look))
            .collect(),
        _ => lines,
    }
}

fn flowed(row: Vec<Line>, columns: usize, look: TerminalStyle) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for cell in row.into_iter().filter(|cell| !cell.is_empty(look)) {
        match lines.pop() {
            None => lines.push(cell),
            Some(line) if line.width(look) + 2 + cell.width(look) <= columns => {
                lines.push(line.text("  ").line(cell));
            }
            Some(line) => lines.extend([line, Line::of("   ").line(cell)]),
        }
    }
    lines
}

fn joined(row: Vec<Line>, widths: &[usize], look: TerminalStyle) -> Line {
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
    fn columns_are_aligned_and_empty_ones_omitted() {
        let rows = [["web", "", "3 of 3"], ["worker", "", "1"]];
        let rows = rows.map(|row| row.map(Line::of).to_vec()).to_vec();
        let lines: Vec<String> = aligned(rows, TerminalStyle::PLAIN)
            .iter()
            .map(|line| line.render(TerminalStyle::PLAIN))
            .collect();
        assert_eq!(lines, ["web     3 of 3", "worker  1"]);
    }

    #[test]
    fn a_row_that_is_too_long_takes_several_lines() {
        let narrow = |width| TerminalStyle {
            width: Some(width),
            ..TerminalStyle::PLAIN
        };
        let rows = || vec![["web", "", "3f2a91c0", "RUNNING"].map(Line::of).to_vec()];
        let shown = |look| -> Vec<String> {
            fitted(rows(), look)
                .iter()
                .map(|line| line.render(look))
                .collect()
        };
        assert_eq!(shown(narrow(22)), ["web  3f2a91c0  RUNNING"]);
        assert_eq!(shown(narrow(21)), ["web  3f2a91c0", "   RUNNING"]);
        assert_eq!(shown(narrow(5)), ["web", "   3f2a91c0", "   RUNNING"]);
    }

    #[test]
    fn width_is_counted_in_columns() {
        let look = TerminalStyle {
            unicode: true,
            ..TerminalStyle::PLAIN
        };
        let rows = vec![
            vec![Line::of("世"), Line::of("a")],
            vec![Line::of("abc"), Line::of("b")],
        ];
        let lines: Vec<String> = aligned(rows, look).iter().map(|line| line.render(look)).collect();
        assert_eq!(lines, ["世   a", "abc  b"]);
    }
}
