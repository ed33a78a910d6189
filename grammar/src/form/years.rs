//! Rules between a report and that of the year before.

use pest::iterators::Pair;

use super::{FormError, FormTable, Reader, Relation, Scope, Syntax, inner_string, relation, severity, string};
use crate::model::Severity;

/// A rule between a report and that of the year before, resolved to paths.
#[derive(Clone, Debug)]
pub struct YearRule {
    /// `GK401`
    pub code: String,
    /// How much a violation matters.
    pub severity: Severity,
    /// Whether it speaks of rows or of columns.
    pub scope: Scope,
    /// How the sides compare.
    pub relation: Relation,
    /// The formula as written.
    pub formula: String,
    /// The clause or note it rests on.
    pub basis: Option<String>,
    /// One for every column (or row) it applies to.
    pub terms: Vec<YearTerm>,
}

/// A rule across years applied to one column or row.
#[derive(Clone, Debug)]
pub struct YearTerm {
    /// `requests/*/natural_person` or `statistics/disclosed.total/*`
    pub scope: String,
    /// Figures of the left side.
    pub left: Vec<YearCell>,
    /// Figures of the right side.
    pub right: Vec<YearCell>,
}

/// A figure of one of two years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearCell {
    /// Its path, the same in both years.
    pub path: String,
    /// Whether it is the figure of the year before.
    pub previous: bool,
    /// Whether it is taken off.
    pub minus: bool,
}

/// A rule across years before its names are resolved.
pub(super) struct RawYearRule {
    code: String,
    severity: Severity,
    scope: Scope,
    relation: Relation,
    formula: String,
    basis: Option<String>,
    left: Vec<RawYearTerm>,
    right: Vec<RawYearTerm>,
}

struct RawYearTerm {
    name: String,
    previous: bool,
    minus: bool,
}

impl RawYearTerm {
    fn cell(&self, table: &FormTable, row: usize, column: usize) -> Option<YearCell> {
        let row = table.rows.get(row)?;
        let path = row.paths.get(column.checked_sub(row.columns.start)?)?.clone();
        Some(YearCell { path, previous: self.previous, minus: self.minus })
    }
}

impl Reader<'_> {
    /// A rule with the paths of every column or row it applies to.
    pub(super) fn resolve_years(&self, raw: RawYearRule, table: &FormTable) -> Result<YearRule, FormError> {
        let mut terms = Vec::new();
        match raw.scope {
            Scope::Column => {
                for (column, c) in table.columns.iter().enumerate() {
                    let side = |names: &[RawYearTerm]| -> Result<Vec<YearCell>, FormError> {
                        let mut cells = Vec::new();
                        for term in names {
                            let rows = self.rows_of(std::slice::from_ref(&term.name), table)?;
                            cells.extend(rows.into_iter().filter_map(|row| term.cell(table, row, column)));
                        }
                        Ok(cells)
                    };
                    terms.push(YearTerm { scope: format!("{}/*/{}", table.id, c.id), left: side(&raw.left)?, right: side(&raw.right)? });
                }
            }
            Scope::Row => {
                for (index, row) in table.rows.iter().enumerate() {
                    let side = |names: &[RawYearTerm]| -> Option<Vec<YearCell>> {
                        let column = |id: &str| row.columns.clone().find(|&c| table.columns.get(c).is_some_and(|c| c.id == id));
                        names.iter().map(|term| term.cell(table, index, column(&term.name)?)).collect()
                    };
                    if let (Some(left), Some(right)) = (side(&raw.left), side(&raw.right)) {
                        terms.push(YearTerm { scope: format!("{}/{}/*", table.id, row.id), left, right });
                    }
                }
            }
        }
        if terms.is_empty() {
            return Err(FormError::UnknownName { file: self.file.to_owned(), name: raw.formula });
        }
        let RawYearRule { code, severity, scope, relation, formula, basis, .. } = raw;
        Ok(YearRule { code, severity, scope, relation, formula, basis, terms })
    }
}

/// `rule GK402 note, each row across years: …`
pub(super) fn year_rule(pair: Pair<'_, Syntax>) -> RawYearRule {
    let mut rule = RawYearRule {
        code: String::new(),
        severity: Severity::Note,
        scope: Scope::Column,
        relation: Relation::Equal,
        formula: String::new(),
        basis: None,
        left: Vec::new(),
        right: Vec::new(),
    };
    let mut sides = Vec::new();
    for part in pair.into_inner() {
        match part.as_rule() {
            Syntax::code => rule.code = part.as_str().to_owned(),
            Syntax::severity => rule.severity = severity(part.as_str()),
            Syntax::scope if part.as_str() == "row" => rule.scope = Scope::Row,
            Syntax::relation => {
                rule.relation = relation(part.as_str());
                rule.formula.push_str(&format!(" {} ", part.as_str()));
            }
            Syntax::year_sum => {
                rule.formula.push_str(part.as_str().trim());
                sides.push(year_sum(part));
            }
            Syntax::basis => rule.basis = Some(inner_string(part)),
            _ => {}
        }
    }
    let mut sides = sides.into_iter();
    rule.left = sides.next().unwrap_or_default();
    rule.right = sides.next().unwrap_or_default();
    rule
}

fn year_sum(pair: Pair<'_, Syntax>) -> Vec<RawYearTerm> {
    let mut terms = Vec::new();
    let mut minus = false;
    for part in pair.into_inner() {
        if part.as_rule() == Syntax::sign {
            minus = part.as_str() == "-";
            continue;
        }
        let mut term = RawYearTerm { name: String::new(), previous: false, minus };
        for inner in part.into_inner() {
            match inner.as_rule() {
                Syntax::previous => term.previous = true,
                Syntax::string => term.name = format!("local:{}", string(inner)),
                _ => term.name = inner.as_str().trim().to_owned(),
            }
        }
        terms.push(term);
    }
    terms
}

#[cfg(test)]
mod tests {
    use crate::{Forms, forms};

    #[test]
    fn rules_across_years_are_resolved_to_paths() {
        let table = |edition: &str, table: &str| forms().edition(edition).unwrap().tables.iter().find(|t| t.id == table).unwrap().clone();
        let carried = &table("2021", "requests").year_rules[0];
        assert_eq!((carried.code.as_str(), carried.formula.as_str(), carried.terms.len()), ("GK401", "carried_over = previous carried_forward", 7));
        let term = &carried.terms[6];
        assert_eq!((term.scope.as_str(), term.left[0].path.as_str()), ("requests/*/total", "requests/carried_over/total"));
        assert_eq!((term.right[0].path.as_str(), term.right[0].previous), ("requests/carried_forward/total", true));
        let stock = &table("2021", "proactive_disclosure").year_rules[0];
        let signs: Vec<(bool, bool)> = stock.terms[1].right.iter().map(|c| (c.previous, c.minus)).collect();
        assert_eq!((stock.terms.len(), signs), (2, vec![(true, false), (false, false), (false, true)]));
        // Only the blocks that have both columns.
        assert_eq!(table("2019", "proactive_disclosure").year_rules[0].terms.len(), 5);
        // What is reused or extended brings its rules.
        assert_eq!(table("2019", "review_litigation").year_rules.len(), 1);
    }

    #[test]
    fn a_rule_across_years_names_what_is_there() {
        let load = |rule: &str| {
            let text = format!("form 1 \"t\" {{ table a {{ column v \"数\" row r \"甲\" local \"乙\" rule GK404 note, each {rule} }} }}");
            Forms::load(&[("x.form", text.as_str())]).map(|f| f.editions[0].tables[0].year_rules[0].terms.len())
        };
        assert_eq!(load("column across years: r = previous r - \"乙\""), Ok(1));
        assert_eq!(load("row across years: v >= previous v"), Ok(2));
        assert!(load("column across years: r = previous s").is_err());
        assert!(load("row across years: v = previous w").is_err());
    }
}
