//! CSV and TSV.

use polypost::glossary::{Delimiter, Format, GlossaryError, Problem};

use crate::{HARBOUR, listed, read, try_read, without_places};

#[test]
fn a_row_is_a_concept() {
    let glossary = read(HARBOUR, Format::Csv);
    insta::assert_snapshot!(listed(&glossary), @"
    noun Auto 
      + en account
      + de Konto
      ~ de Benutzerkonto
      - de Account
      - de Zugang
      + fr compte
    noun Auto legal, too
      + en privacy policy
      + de Datenschutzerklärung
      - de Datenschutz-Policy
      + fr politique de confidentialité
    verb Auto 
      + en log in
      + de anmelden
      - de einloggen
      + fr se connecter
    ! Auto our name
      + en Harbour Tours
    noun Insensitive 
      + en web
      + de Web
      + fr web
    ");
    assert_eq!(glossary.concepts[1].place.line, 3);
    assert_eq!(&*glossary.concepts[1].place.file, "terms");
}

#[test]
fn every_table_that_is_written_is_read_again() {
    let glossary = read(HARBOUR, Format::Csv);
    for (delimiter, format) in [
        (Delimiter::Comma, Format::Csv),
        (Delimiter::Tab, Format::Tsv),
    ] {
        let written = glossary.to_table(delimiter);
        let again = read(&written, format);
        assert_eq!(
            without_places(again),
            without_places(glossary.clone()),
            "{written}"
        );
    }
}

#[test]
fn tables_of_other_programs_are_read() {
    for (name, text, format, expected) in [
        (
            "a spreadsheet with a decimal comma, and a byte order mark",
            "\u{feff}en;de\r\n\"one; two\";\"eins\"\r\n\r\n;\r\n",
            Format::Csv,
            " Auto \n  + en one; two\n  + de eins\n",
        ),
        (
            "tabs under the name of commas",
            "en\tde\none\teins\n",
            Format::Csv,
            " Auto \n  + en one\n  + de eins\n",
        ),
        (
            "source and target",
            "Source,Target,Forbidden,Comment\none,eins,ein | eine,number\n",
            Format::Csv,
            " Auto number\n  + en one\n  + de eins\n  - de ein\n  - de eine\n",
        ),
        (
            "Translate Toolkit",
            "\"location\",\"source\",\"target\",\"id\",\"fuzzy\",\"context\",\"translator_comments\",\"developer_comments\"\n\
             \"\",\"one\",\"eins\",\"7\",\"False\",\"\",\"a number\",\"\"\n",
            Format::Csv,
            " Auto a number\n  + en one\n  + de eins\n",
        ),
        (
            "Indonesian, a column of one's own, and one without a name",
            "en,id,#owner,,pos,DNT\none,satu,me,,Noun,no\n",
            Format::Csv,
            "noun Auto \n  + en one\n  + id satu\n",
        ),
        (
            "several terms with bars of their own",
            "en,pt_br\na \\| b | c,d \\\\ e\n",
            Format::Csv,
            " Auto \n  + en a | b\n  + en c\n  + pt-BR d \\ e\n",
        ),
    ] {
        assert_eq!(listed(&read(text, format)), expected, "{name}");
    }
}

#[test]
fn what_can_not_be_read_is_told_with_its_line() {
    let column = |name: &str| Problem::Column {
        name: name.to_owned(),
    };
    for (text, line, problem) in [
        ("", None, None),
        ("name,meaning\na,b\n", Some(1), Some(column("name"))),
        ("en,de,de:forbiden\n", Some(1), Some(column("de:forbiden"))),
        ("note,case\n", Some(1), Some(Problem::NoTerms)),
        (
            "en,EN\n",
            Some(1),
            Some(Problem::ColumnTwice {
                name: "EN".to_owned(),
            }),
        ),
        (
            "en,de\n\none,eins,uno\n",
            Some(3),
            Some(Problem::Cells {
                cells: 3,
                columns: 2,
            }),
        ),
        (
            "en,de,case\n\"one\ntwo\",eins,\none,eins,strict\n",
            Some(4),
            Some(Problem::Value {
                column: "case",
                value: "strict".to_owned(),
                valid: vec!["auto", "sensitive", "insensitive"],
            }),
        ),
    ] {
        let error = try_read(text, Format::Csv).err();
        let expected = problem.map(|problem| GlossaryError { line, problem });
        assert_eq!(error, expected, "{text}");
    }
}

#[test]
fn the_languages_of_source_and_target_have_to_be_known() {
    let context = polypost::glossary::Context::default();
    let read = polypost::glossary::Glossary::read(b"source,target\n", Format::Csv, &context);
    let name = "source".to_owned();
    assert_eq!(
        read,
        Err(GlossaryError {
            line: Some(1),
            problem: Problem::NoLanguage { name }
        })
    );
}
