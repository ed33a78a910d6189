//! stub
use gongkai_grammar::model::*;
#[derive(Default)]
pub struct Meta { pub title: Option<String>, pub issuer: Option<String>, pub year: Option<i32>, pub period: Option<(Date, Date)>, pub issued: Option<Date>, pub published: Option<Date>, pub signatories: Option<Signatories>, pub evidence: Vec<Evidence>, pub citations: Vec<Citation>, pub damaged: Vec<Span> }
pub fn meta(_t: &str, _o: &crate::outline::Outline, _s: &[Span]) -> Meta { Meta::default() }
