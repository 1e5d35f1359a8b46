//! What pairs and what does not.

use super::*;

fn check(text: &str, wanted: &[(&str, &str, &str)]) {
    let found = abbreviations(text);
    let found: Vec<(&str, &str, &str)> =
        found.iter().map(|pair| (pair.short.of(text), pair.long.as_str(), pair.rule)).collect();
    assert_eq!(found, wanted, "{text}");
}

const INITIALS: &str = "abbreviation-initials";

#[test]
fn a_definition_line_pairs_initials_and_counted_letters() {
    check("EC2: Elastic compute cloud, bare servers", &[("EC2", "Elastic compute cloud", INITIALS)]);
    check("S3: Simple storage service, opportunity", &[("S3", "Simple storage service", INITIALS)]);
    check("JDBC: Java database connectivity", &[("JDBC", "Java database connectivity", "abbreviation-inner")]);
    check("Users: Physical person", &[]);
}

#[test]
fn brackets_pair_in_both_orders() {
    check("create an Amazon machine image(AMI), select", &[("AMI", "Amazon machine image", INITIALS)]);
    check("set up MFA (multi factor authentication).", &[("MFA", "multi factor authentication", INITIALS)]);
    check("written in JSON (JavaScript Object Notation)", &[("JSON", "JavaScript Object Notation", INITIALS)]);
    check("using an auto-scaling group (ASG)", &[("ASG", "auto-scaling group", INITIALS)]);
    check("pass the barrier (blood-brain barrier, BBB)", &[("BBB", "blood-brain barrier", INITIALS)]);
    check("odds (adjusted odds ratio [AOR], 4.1)", &[("AOR", "adjusted odds ratio", INITIALS)]);
}

#[test]
fn lead_ins_numbers_and_plurals_stand_in_no_one_s_way() {
    check("Change data capture (also known as CDC)", &[("CDC", "Change data capture", INITIALS)]);
    check("Directed acyclic graphs (DAGs)", &[("DAGs", "Directed acyclic graphs", INITIALS)]);
    let squares = "partial least squares";
    check("by partial least squares (PLS-1 and PLS-2)", &[("PLS-1", squares, INITIALS), ("PLS-2", squares, INITIALS)]);
    check("a glutathione peroxidase (EC 1.11.1.9; GPx)", &[("GPx", "glutathione peroxidase", "abbreviation-inner")]);
    check("A two-dimensional (2D) array", &[("2D", "two-dimensional", INITIALS)]);
    check("Kubernetes (K8s) runs", &[]);
}

#[test]
fn each_strategy_is_named() {
    check(
        "the Extract, Load, and Transform (ELT) way",
        &[("ELT", "Extract, Load, and Transform", "abbreviation-initials-stop-words")],
    );
    check("on an end of a long life (EOL)", &[("EOL", "end of a long life", "abbreviation-initials-skip")]);
    check("the electroencephalogram (EEG)", &[("EEG", "electroencephalogram", "abbreviation-inner")]);
    check("with diltiazem (DILT)", &[("DILT", "diltiazem", "abbreviation-prefix")]);
    check("under availability (A)", &[("A", "availability", "abbreviation-one-letter")]);
    let shared = "abbreviation-shared-head";
    check(
        "by scanning (SEM) and transmission (TEM) electron microscopy.",
        &[("SEM", "scanning electron microscopy", shared), ("TEM", "transmission electron microscopy", shared)],
    );
}

#[test]
fn a_long_form_takes_its_own_brackets_and_numbers_along() {
    check("the c-Jun NH(2)-terminal kinase (JNK)", &[("JNK", "c-Jun NH(2)-terminal kinase", "abbreviation-inner")]);
    check("against 2,4-dinitrophenyl (DNP)", &[("DNP", "2,4-dinitrophenyl", "abbreviation-inner")]);
    check("with O. novo-ulmi mitovirus 6 (OnuMV6).", &[("OnuMV6", "O. novo-ulmi mitovirus 6", "abbreviation-inner")]);
}

#[test]
fn brackets_that_hold_something_else_pair_nothing() {
    check("add storage (EBS) volume", &[]);
    check("select the type (CPU, Memory, storage)", &[]);
    check("the server(s) of a [3H]prazosin", &[]);
    check("click the button (OK) to go", &[]);
    check("it was found that their single homes (TSH)", &[]);
}

#[test]
fn a_heading_pairs_with_the_words_under_it() {
    let text = "Identity and access management, the whole security";
    let (long, rule) = opening_long_form("IAM", text).unwrap();
    assert_eq!((long.of(text), rule), ("Identity and access management", "abbreviation-initials-stop-words"));
}

#[test]
fn a_name_that_goes_on_is_no_long_form_of_itself() {
    let opening = |short, text: &'static str| opening_long_form(short, text).map(|(long, rule)| (long.of(text), rule));
    assert_eq!(opening("Kafka", "Kafka is a log of records."), None);
    assert_eq!(opening("Kafka", "Kafka feeds HDFS."), None);
    assert_eq!(opening("EC2 User Data", "EC2 user data: a script"), None);
    assert_eq!(opening("IAM", "Identity access management"), Some(("Identity access management", INITIALS)));
    check("a source database and a supported destination (S3)", &[]);
}

proptest::proptest! {
    /// What is told by the letters that words begin with leaves no pair out.
    #[test]
    fn a_long_form_begins_with_a_letter_that_is_told(
        words in proptest::collection::vec(r"[(é]?[abx1][a-d]{0,3}([A-D][a-d]{1,3})?", 1..8),
        seams in proptest::collection::vec(proptest::bool::ANY, 8),
        mark in r"[ /,-]", without in 0..7_usize,
    ) {
        let before = words.join(&mark);
        // The first letter of each word but for the first ones, or that behind its seam.
        let sign = |(word, seam): (&String, &bool)| {
            let letter = |seam: bool| word.chars().find(|letter| !seam && letter.is_alphanumeric() || letter.is_uppercase());
            letter(*seam).or(letter(false))
        };
        let short: String = words.iter().zip(&seams).skip(without).filter_map(sign).collect();
        let text = format!("{before} ({})", short.to_uppercase());
        let open = before.len() + 1;
        if let Some(form) = ShortForm::new(&short.to_uppercase()) {
            let most = strategy::most_words(&form);
            let found = strategy::ending(&form, &Window::before(&text, open, most));
            let told = strategy::may_begin_with(&form, openings(&text[..open], most));
            proptest::prop_assert!(told || found.is_none(), "{text}: {found:?}");
        }
    }
}
