//! Tests over the table: no key twice, no binding that begins another, every row reachable.

use super::*;
use crate::tui::key::Chord;

fn bindings() -> Vec<(&'static Spec, Vec<Chord>)> {
    TABLE
        .iter()
        .flat_map(|spec| spec.keys.iter().map(move |keys| (spec, parse_sequence(keys).expect(keys))))
        .collect()
}

#[test]
fn ids_are_unique_and_kebab_case() {
    for (at, spec) in TABLE.iter().enumerate() {
        assert!(
            spec.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{}",
            spec.id
        );
        assert!(TABLE.iter().skip(at + 1).all(|other| other.id != spec.id), "{} twice", spec.id);
    }
}

#[test]
fn keys_parse_and_print_back() {
    for (spec, keys) in bindings() {
        let notation: Vec<String> = keys.iter().map(Chord::notation).collect();
        assert!(spec.keys.contains(&notation.join(" ").as_str()), "{notation:?}");
    }
}

#[test]
fn no_key_means_two_things_at_once() {
    let all = bindings();
    for (at, (spec, keys)) in all.iter().enumerate() {
        for (other, others) in all.iter().skip(at + 1).filter(|(other, _)| other.scope.overlaps(spec.scope)) {
            assert_ne!(keys, others, "{} and {} want the same keys", spec.id, other.id);
            for (short, long) in [(keys, others), (others, keys)] {
                let prefix = long.starts_with(short);
                assert!(!prefix, "a binding of {} or {} begins the other", spec.id, other.id);
            }
        }
    }
}

#[test]
fn only_g_and_y_and_s_begin_longer_bindings() {
    for (spec, keys) in bindings().into_iter().filter(|(_, keys)| keys.len() > 1) {
        assert!(keys.len() == 2 && ["g", "y", "s"].contains(&keys[0].notation().as_str()), "{}", spec.id);
    }
}

#[test]
fn keys_that_multiplexers_take_are_left_alone() {
    for (spec, keys) in bindings() {
        for key in keys.iter().filter(|key| key.ctrl) {
            let letter = key.notation();
            let taken = "abgijmoqtv[".chars().any(|c| letter == format!("ctrl+{c}"));
            assert!(!taken, "{} is bound to {letter}", spec.id);
            assert!(letter != "ctrl+h" || spec.command == Command::Erase, "Ctrl-H only erases");
        }
        assert!(keys.iter().all(|key| !key.alt), "{} needs Alt", spec.id);
    }
}

#[test]
fn letters_act_only_outside_text_fields() {
    for (spec, keys) in bindings() {
        if !matches!(
            spec.scope,
            Scope::Browse | Scope::Entry | Scope::Trash | Scope::Filing | Scope::Generator | Scope::Health
        ) {
            assert!(keys[0].typed().is_none(), "{} would swallow what is typed", spec.id);
        }
    }
}

#[test]
fn every_ctrl_key_has_a_second_way() {
    for spec in TABLE {
        let keys: Vec<_> = spec.keys.iter().filter_map(|keys| parse_sequence(keys)).collect();
        let only_ctrl = !keys.is_empty() && keys.iter().all(|keys| keys.iter().any(|key| key.ctrl));
        // - these have one under another name: pages, F5, F9, Esc, a button, typing on, Backspace, the list itself
        let known = [
            "half-page-down",
            "half-page-up",
            "panic",
            "redraw",
            "suspend",
            "cancel",
            "save",
            "generate",
            "undo-typing",
            "copy-hit",
            "erase-word",
            "erase-to-start",
            "erase-to-end",
        ];
        assert!(!only_ctrl || known.contains(&spec.id), "{}", spec.id);
    }
}

#[test]
fn both_languages_name_every_row() {
    for lang in [Lang::En, Lang::Ja] {
        let rows = table(lang);
        assert_eq!(rows.len(), TABLE.len());
        assert!(rows.iter().all(|row| !row.title.is_empty() && !row.scope.is_empty()));
    }
}
