//! Search as it is typed: each letter of each query is one search, within the hits of the one
//! before. The budget is for the slowest hundredth of them.

use mamori::model::{Kind, State};
use mamori::ops::search::{Among, Index, Query};

use crate::support::measure::{Budget, Runs, Table, Unit, cpu_of, quantile};
use crate::support::vault;

const QUERIES: &[&str] = &[
    "github",
    "amazon",
    "mizuho",
    "みずほ",
    "yucho",
    "ゆうちょ",
    "sakura",
    "さくらいんたーねっと",
    "エックスサーバー",
    "ekkususa-ba-",
    "tanaka",
    "tanaka.12",
    "example.co.jp",
    "銀行 渋谷",
    "ginkou",
    "bank tokyo",
    "楽天",
    "rakuten 経理",
    "ｱﾏｿﾞﾝ",
    "ＮＴＴ",
    "wordpress admin",
    "server",
    "サーバー",
    "production",
    "zzqx",
    "e",
    "a",
    "い",
    "login",
    "Work/Clients",
    "2fa",
    "重要",
    "tag:2fa amazon",
    "-tag:2fa amazon",
    "folder:work user:tanaka",
    "kind:login is:old",
    "url:co.jp -is:favourite a",
    "gihtub",
    "mzuhoo",
    "\"tanaka.12\"",
];

pub fn measure(table: &mut Table) {
    for (count, most) in [(10_000, 0.001), (100_000, 0.008)] {
        let open = vault::make(count);
        let index = Index::build(open.vault(), &Kind::word);
        let all: String =
            (0..count).map(crate::support::words::invent).map(|one| one.title + &one.username).collect();
        let (mut slow, mut middle, mut floor) = (Runs(Vec::new()), Runs(Vec::new()), Runs(Vec::new()));
        for run in 0..=7 {
            let took = typed(&index);
            if run > 0 {
                slow.0.push(quantile(&took, 0.99));
                middle.0.push(quantile(&took, 0.5));
                floor.0.push(cpu_of(|| memchr::memmem::find_iter(all.as_bytes(), "zzqx").count()));
            }
        }
        let floor = Some(("titles read through", &floor));
        let what = format!("search per key, {count}: slowest hundredth");
        table.row(&what, Unit::Seconds, &slow, floor, Budget::Figure(most));
        table.row(&format!("search per key, {count}: median"), Unit::Seconds, &middle, floor, Budget::None);
    }
}

/// CPU seconds of each key: a search waits for nothing, and other work on the machine is not its.
fn typed(index: &Index) -> Vec<f64> {
    let mut took = Vec::new();
    for query in QUERIES {
        let (mut hits, mut last): (Option<Vec<u32>>, Query) = (None, Query::default());
        let mut shown = String::new();
        for letter in query.chars() {
            shown.push(letter);
            let (mut next, mut query) = (Vec::new(), Query::default());
            took.push(cpu_of(|| {
                query = Query::parse(&shown);
                let within = hits.as_deref().filter(|_| last.narrows_to(&query));
                let states = &|state| state == State::Active;
                next = index
                    .search(&query, Among { rows: within, states, now_ms: 1_800_000_000_000, health: None })
                    .rows;
            }));
            (hits, last) = (Some(next), query);
        }
    }
    took
}
