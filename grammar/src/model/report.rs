//! The result of reading one report.
//!
//! Field names and their order are part of the format: JSON written from these types is byte-identical in every language.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Value;

/// Names known at compile time or read with a form are borrowed; printed labels and deserialised names are owned.
pub type Name = Cow<'static, str>;

/// The version of the result's format, written into every report.
pub const SCHEMA: &str = "gongkai-report/1";

/// A piece of the source text: `start..end` in the units that [`Report::offsets`] names. In JSON `[start, end]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First unit of the piece.
    pub start: usize,
    /// First unit behind it.
    pub end: usize,
}

impl Span {
    /// `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text of a span counted in bytes; empty if the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let [start, end] = <[usize; 2]>::deserialize(deserializer)?;
        Ok(Self { start, end })
    }
}

/// What spans count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Offsets {
    /// Bytes of the UTF-8 text (Rust).
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// Code points (Python).
    CodePoint,
    /// UTF-16 code units (JavaScript).
    #[serde(rename = "utf-16")]
    Utf16,
}

/// A day, a month or a year of the Gregorian calendar, as far as the report prints it. In JSON `2018-01-20`, `2018-01`, `2018`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1900..=2099
    pub year: i32,
    /// 1..=12
    pub month: Option<u8>,
    /// 1..=31
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
            if let Some(day) = self.day {
                write!(f, "-{day:02}")?;
            }
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut parts = text.splitn(3, '-');
        let mut next = || parts.next().map(str::parse::<i32>).transpose().map_err(de::Error::custom);
        let year = next()?.ok_or_else(|| de::Error::custom("empty date"))?;
        let small = |part: Option<i32>| part.map(u8::try_from).transpose().map_err(de::Error::custom);
        Ok(Self { year, month: small(next()?)?, day: small(next()?)? })
    }
}

/// Everything read from one document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Version of this format: `gongkai-report/1`.
    pub schema: Name,
    /// What every span of this report counts.
    pub offsets: Offsets,
    /// The report's own title as printed, spaces and line breaks inside it removed.
    pub title: Option<String>,
    /// The body that issues the report, as printed.
    pub issuer: Option<String>,
    /// The year the report is about.
    pub year: Option<i32>,
    /// First and last day of the statistics period.
    pub period: Option<(Date, Date)>,
    /// The date under the text.
    pub issued: Option<Date>,
    /// The date of publication that the page names.
    pub published: Option<Date>,
    /// The edition of the form that most tables follow (`2021`), if any table was found.
    pub edition: Option<Name>,
    /// How the fields above are known.
    pub evidence: Vec<Evidence>,
    /// Who signed the statistics sheet of 2014.
    pub signatories: Option<Signatories>,
    /// How to reach the issuer.
    pub contact: Contact,
    /// The parts of the document in source order, covering it from the first byte to the last.
    pub sections: Vec<Section>,
    /// The statutory tables, in source order.
    pub tables: Vec<Table>,
    /// The figures of the tables, in the order of the form.
    pub figures: Vec<Figure>,
    /// The quantities of the running prose, in source order.
    pub facts: Vec<Fact>,
    /// The documents that the text names, in the order of their first mention.
    pub citations: Vec<Citation>,
    /// The articles of laws that the text names, in the order of their first mention.
    pub articles: Vec<Article>,
    /// The problems of the section on problems and improvement, item by item.
    pub problems: Vec<Passage>,
    /// The measures of that section.
    pub measures: Vec<Passage>,
    /// Every rule of the form that was evaluated, with its verdict.
    pub checks: Vec<Check>,
    /// What is wrong, odd or uncertain.
    pub findings: Vec<Finding>,
}

/// How one field of the report is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The field: `year`, `title`, `issuer`, `edition` …
    pub field: Name,
    /// Where it was found.
    pub source: Source,
    /// The words it rests on.
    pub text: String,
    /// Their place, where they stand in the text.
    pub span: Option<Span>,
}

/// Where a field of the report was found, from the surest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Source {
    /// The report's title.
    Title,
    /// The stated period of the statistics.
    Period,
    /// The name the report gives itself in 《》.
    OwnName,
    /// The signature under the text.
    Signature,
    /// The running text.
    Text,
    /// A table of the report.
    Table,
    /// The page around the report, or its metadata.
    Metadata,
}

/// The names under the statistics sheet of 2014.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Signatories {
    /// 单位负责人, 负责人
    pub responsible: Option<String>,
    /// 审核人
    pub reviewer: Option<String>,
    /// 填报人
    pub preparer: Option<String>,
    /// 联系电话
    pub phone: Option<String>,
    /// 填报日期
    pub date: Option<Date>,
}

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Section {
    /// The heading as printed, without what runs on behind it; `None` for what has none.
    pub heading: Option<String>,
    /// What it is about: `preamble`, `furniture`, `copy`, `signature`, or a kind of the form files (`requests`); `None` if unknown.
    pub kind: Option<Name>,
    /// 0 for what has no heading, 1 for 一、, 2 for （一） …
    pub level: u8,
    /// The heading's place.
    pub heading_span: Option<Span>,
    /// Heading and text, up to the next section.
    pub span: Span,
}

/// One statutory table as found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Table {
    /// `requests`, `proactive_disclosure`, `review_litigation` or `statistics`.
    pub table: Name,
    /// The edition whose rows and columns it has.
    pub edition: Name,
    /// The labels that decide the edition, and for how much each form was scored.
    pub evidence: Vec<EditionScore>,
    /// How its rows were told apart.
    pub dialect: Dialect,
    /// Cells a row in a table that obeys the pipe law: the G of that law.
    pub pipes_per_row: Option<usize>,
    /// Rows of the form that were bound.
    pub rows: usize,
    /// How often the same table stands in the document.
    pub copies: usize,
    /// From its first label to its last value.
    pub span: Span,
}

/// How well one edition explains the labels of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditionScore {
    /// The edition.
    pub edition: Name,
    /// Different labels of it that were found.
    pub labels: usize,
    /// Those that no other edition has.
    pub own: Vec<String>,
}

/// The way a table was flattened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Dialect {
    /// The pipe law: a pipe behind every cell, padded to a constant number a row, lines do not matter.
    PipeLaw,
    /// One row a line, cells between pipes or box lines; Markdown.
    PipeRows,
    /// One row a line, cells between tabs, commas or slashes, or the lists of a program.
    Tabs,
    /// Columns aligned by spaces.
    Aligned,
    /// One cell a line.
    CellLines,
    /// One cell a line, a blank line for a blank cell: every row has all of its cells so.
    BlankLines,
    /// Cells between single spaces.
    Spaced,
    /// No separators: labels are the anchors and digits are split by the rules.
    Glued,
    /// Blocks of lines, one a column, as some PDF readers print them.
    ColumnBlocks,
    /// A grid of real cells (HTML, docx, spreadsheets).
    Grid,
}

/// One value cell of a statutory table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Figure {
    /// `table/row/column` in the ids of the vocabulary; rows outside it are `table/local:label/column`.
    pub path: Name,
    /// The form's label of the row, or the printed one of a local row.
    pub label: Name,
    /// The number; `None` where none is printed or more than one reading is left.
    pub value: Option<Value>,
    /// Why there is no number.
    pub missing: Option<Missing>,
    /// What stands in the cell, exactly; for digits that run together, what the cell shares with its neighbours.
    pub raw: String,
    /// The unit printed with the figure, else the form's.
    pub unit: Option<Name>,
    /// The place of `raw`; `None` for a cell that has no place of its own.
    pub span: Option<Span>,
    /// Where the cell stands in a file that is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<Location>>,
    /// How sure the reading is.
    pub status: Status,
    /// Codes of the findings that concern this cell.
    pub flags: Vec<Name>,
    /// The values the cell may have, if more than one reading is left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Option<Value>>,
    /// What the reader of the report put in place of `raw`; `value` and `missing` are then its.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Box<str>>,
}

/// Where something stands in a file that is not text, as far as its format says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Location {
    /// The page, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Left, top, right, bottom on the page in points (1/72 inch) from its upper left corner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<[i32; 4]>,
    /// The sheet of a spreadsheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The table of the document, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
    /// The row of the table, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The column of the table, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// Why a cell has no number. Blank, 无, — and 0 are four different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Missing {
    /// Nothing stands in the cell.
    Blank,
    /// 无
    None,
    /// —, -, /
    Dash,
    /// Words, 是 or 否, or something unreadable.
    Text,
}

/// How sure a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Status {
    /// The cell stands for itself under its label.
    Printed,
    /// The cell was given its row or column by its position among the others.
    Aligned,
    /// The rules of the form leave this reading alone.
    Solved,
    /// More than one reading is left.
    Ambiguous,
    /// The reader of the report put another value in its place.
    Corrected,
}

/// A quantity of the running prose, or a zero in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fact {
    /// The quantity as printed, with its unit and the word that makes it approximate: 约6389余条. The words of a zero in words: 未收到.
    pub raw: String,
    /// The number, 万 and 亿 multiplied out; `None` if it has too many digits. Percent are counted in percent: 34% is 34.
    pub value: Option<Value>,
    /// What is counted, without spaces inside: 件, 人次, %, 元; `None` if no unit is printed.
    pub unit: Option<Name>,
    /// Whether more, less or about as much is meant.
    pub approximation: Option<Approximation>,
    /// Whether a number is printed.
    pub status: FactStatus,
    /// Who or what the sentence is about, as printed: 全市, 市政府门户网站.
    pub subject: Option<String>,
    /// What was counted, as printed: 政府信息公开申请.
    pub object: Option<String>,
    /// By which channel, as printed: 网络, 微信公众号.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// For which time, as printed: 2017年, 上半年, 截至2023年底; what is cumulative or of another year does not count for the report's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The fact this is a part of, an index into [`Report::facts`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// The indicator it expresses: `requests_received`.
    pub indicator: Option<Name>,
    /// The place of `raw`.
    pub span: Span,
    /// The sentence it stands in.
    pub sentence: Span,
    /// Where that is in a file that is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<Location>>,
}

/// How a quantity differs from the number that is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Approximation {
    /// 余, 多, 超, 逾, 以上, 至少
    Over,
    /// 约, 近, 左右, 大约
    About,
    /// 不足, 不到, 以下
    Under,
}

/// How a quantity of the prose is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FactStatus {
    /// As a number, in digits or in Chinese numerals.
    Printed,
    /// As words for zero: 未收到, 没有发生; or as a printed zero that is said of several things, for all but the first.
    Worded,
}

/// Words of the report and their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Passage {
    /// The words, without the line breaks that wrapping put into them.
    pub text: String,
    /// Their place.
    pub span: Span,
}

/// How to reach the issuer, as far as the report says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contact {
    /// 联系电话, in source order, each once.
    pub phones: Vec<Passage>,
    /// 传真
    pub fax: Option<Passage>,
    /// 邮编
    pub postcode: Option<Passage>,
    /// 地址
    pub address: Option<Passage>,
    /// 电子邮箱
    pub email: Option<Passage>,
    /// Addresses of web sites, in source order, each once.
    pub urls: Vec<Passage>,
}

/// A document named in the text: by its title in 《》, by its number (发文字号), as 国办公开办函〔2021〕30号, or by both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Citation {
    /// The title without its marks, and without the spaces that wrapping put into it.
    pub title: Option<String>,
    /// The name the report uses from then on: 以下简称《条例》.
    pub short_title: Option<String>,
    /// The number as printed.
    pub number: Option<String>,
    /// The issuer's code of the number: 国办公开办函.
    pub code: Option<String>,
    /// The year of issue that the number names.
    pub year: Option<i32>,
    /// The serial number, as printed.
    pub serial: Option<String>,
    /// Whether a bracket, 号 or the serial of the number is lost.
    pub damaged: bool,
    /// Every place its title, short title or number stands at, in source order.
    pub spans: Vec<Span>,
}

/// A reference to an article: 《条例》第二十条第（一）项.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Article {
    /// The law as the text names it there, without 《》: 条例; `None` if it is not named with the article.
    pub law: Option<String>,
    /// 条
    pub article: u32,
    /// 款
    pub paragraph: Option<u32>,
    /// 项
    pub item: Option<u32>,
    /// Every place it stands at.
    pub spans: Vec<Span>,
}

/// A rule of the form, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// `GK201`
    pub code: Name,
    /// The formula, in ids of rows or columns.
    pub rule: Name,
    /// The table and the column or row it was evaluated for: `requests/*/natural_person`, `requests/granted/*`.
    pub scope: Name,
    /// The outcome.
    pub verdict: Verdict,
    /// The cells it rests on, left side first.
    pub operands: Vec<Operand>,
    /// The left side, blanks counted as zero.
    pub left: Option<Value>,
    /// The right side.
    pub right: Option<Value>,
}

/// A cell as a check used it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Operand {
    /// The figure's path.
    pub path: Name,
    /// Its value; `None` if it has none.
    pub value: Option<Value>,
    /// Where it stands, if it is no figure of a table; `path` is then `facts/12`, an index into [`Report::facts`], or names what stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Verdict {
    /// The numbers obey the rule.
    Holds,
    /// They obey it if what is not printed counts as zero.
    HoldsIfBlankIsZero,
    /// They do not.
    Broken,
    /// A cell it needs is unreadable, ambiguous, or not there.
    NotEvaluable,
}

/// Something wrong, odd or uncertain about the report or the reading of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// `GK101`
    pub code: Name,
    /// `ragged-row`
    pub name: Name,
    /// How much it matters.
    pub severity: Severity,
    /// Whose fault it is.
    pub cause: Cause,
    /// What is the matter, in both languages.
    pub message: Message,
    /// What can be done.
    pub help: Message,
    /// The clause, notice or form it rests on.
    pub basis: Option<Name>,
    /// Where it is.
    pub span: Option<Span>,
    /// Where that is in a file that is not text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Box<Location>>,
    /// The figures it concerns.
    pub paths: Vec<Name>,
    /// The readings that are left, one value for each of `paths`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Vec<Option<Value>>>,
    /// Other places it concerns, each with what it has to do with the finding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// The smallest changes of the table that would end it, the likeliest first. Offered, never made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
    /// Names the finding when the report is read again or changed elsewhere: made of its code and the figures or words it is about, not of its
    /// place.
    #[serde(default)]
    pub fingerprint: Name,
}

/// Another place that a finding concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Related {
    /// What it has to do with the finding.
    pub message: Message,
    /// Where it is.
    pub span: Span,
}

/// A change of one or two cells, or of a row or a column, that would close broken checks of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Repair {
    /// What would have happened to the figures.
    pub kind: RepairKind,
    /// The cells that would change.
    pub changes: Vec<Change>,
    /// Broken checks of the table that it closes.
    pub closes: usize,
    /// Broken checks of the table.
    pub of: usize,
    /// The change in words.
    pub message: Message,
}

/// How figures may have gone wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RepairKind {
    /// A figure stands in another cell of its row or column.
    Moved,
    /// Two digits of a figure changed places: 21 for 12.
    Transposed,
    /// One digit of a figure is another, too many, or lost.
    Digit,
    /// The figures of a row stand one column beside theirs.
    Shifted,
    /// Two columns or rows changed places.
    Swapped,
    /// A figure is another altogether.
    Value,
}

/// A cell of a repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// The figure.
    pub path: Name,
    /// What is printed.
    pub from: Option<Value>,
    /// What would stand there.
    pub to: Option<Value>,
}

/// A sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// Chinese.
    pub zh: Name,
    /// English.
    pub en: Name,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// A printed rule of the form is broken.
    Error,
    /// An implied rule is broken, or a figure could not be read for certain.
    Warning,
    /// Worth knowing.
    Note,
}

/// Where a finding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Cause {
    /// The cells were read for certain: the report is at fault.
    Report,
    /// A cell was recovered or is ambiguous: the reading may be at fault.
    Reading,
    /// It cannot be told.
    Unknown,
}
