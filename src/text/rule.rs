//! Which rule a new password was made by, and where that rule is from, on one line.

use super::Lang;
use crate::ops::generate::Source;

/// The same in a few words, where there is little room.
pub fn brief(source: &Source, lang: Lang) -> Option<String> {
    match (lang, source) {
        (Lang::En, Source::Known(site)) => Some(format!("by the known rule of {}", site.host)),
        (Lang::Ja, Source::Known(site)) => Some(format!("{} の規則で作りました", site.name)),
        (_, other) => self::source(other, lang),
    }
}

/// Says it; none where there is nothing to say: the usual recipe, or one that was just asked for.
pub fn source(source: &Source, lang: Lang) -> Option<String> {
    Some(match (lang, source) {
        (_, Source::Usual | Source::Asked) => return None,
        (Lang::En, Source::Recipe) => "by the recipe of this entry".to_owned(),
        (Lang::Ja, Source::Recipe) => "このアイテムの作り方で作りました".to_owned(),
        (Lang::En, Source::Rule) => "by the rule noted for this entry".to_owned(),
        (Lang::Ja, Source::Rule) => "このアイテムの規則で作りました".to_owned(),
        (Lang::En, Source::Settings(host)) => format!("by your rule for {host} (settings)"),
        (Lang::Ja, Source::Settings(host)) => format!("設定にある {host} の規則で作りました"),
        (Lang::En, Source::Known(site)) => {
            format!("by the known rule of {} ({}, read {})", site.host, site.source, site.read)
        }
        (Lang::Ja, Source::Known(site)) => {
            format!("{} の規則で作りました ({}、{} 確認)", site.name, site.source, site.read)
        }
    })
}
