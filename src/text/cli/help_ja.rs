//! Help of the command line in Japanese.

use super::{Cmd, Commands, Help, Options};

/// Headings and closing lines.
pub const HELP: Help = Help {
    usage: "使い方",
    arguments: "引数",
    options: "オプション",
    global: "どのコマンドでも",
    examples: "例",
    more: "詳しい説明と例: mamori コマンド --help  全画面: mamori",
    entries: "アイテム",
    vault: "保管庫",
    secrets: "秘密",
    files: "取り込みと書き出し",
    other: "その他",
    reference: "ENTRY はアイテムの ID、パス全体 (フォルダー/タイトル、フォルダーなしなら /タイトル)、\n\
        またはタイトルで、完全に一致するものです。項目は ENTRY#FIELD と書きます: password\n\
        (省略時)、new、username、url、urls、otp、otp-uri、notes、title、folder、または自分で\n\
        作った項目。名前の中の # は %23 と書きます。",
    exits: "終了コード: 0 完了、1 失敗、2 使い方の誤り、3 パスワード違い、4 破損・新しい版・保管庫\n\
        でない、5 アイテムがない・一つに決まらない、6 使用中・競合、7 health の指摘あり、\n\
        8 ロック中で入力できない、130 中断",
    environment: "環境変数: MAMORI_VAULT、MAMORI_PASSWORD_FILE、MAMORI_PASSWORD_COMMAND、MAMORI_KEY_FILE、\n\
        MAMORI_LANG",
    stdin: "標準入力から秘密をいくつも渡すときは、1 行に 1 つ、次の順です: マスターパスワード、\n\
        アイテムのパスワード、ワンタイムコードの鍵、秘密の項目 (オプションの順)。",
};

/// Commands.
pub const COMMANDS: Commands = Commands {
    top: Cmd {
        about: "mamori はパスワードを暗号化した 1 つのファイルに守ります",
        more: "コマンドなしで起動すると、保管庫を全画面で開きます。",
        examples: "mamori init\n  新しい保管庫を作ります\nmamori import roboform.csv\n  RoboForm からすべて取り込みます\nmamori\n  保管庫を全画面で開きます",
    },
    open: Cmd {
        about: "保管庫を全画面で開く",
        more: "QUERY を付けると、それで絞り込んだ一覧から始まります。",
        examples: "mamori open 銀行\n  「銀行」で絞り込んで開きます",
    },
    init: Cmd {
        about: "新しい保管庫を作る",
        more: "マスターパスワードは 2 回たずねます。忘れると誰にも取り戻せません。総当たりへの備えは\nこの機械で約 1 秒かかる強さに自動で決まります。",
        examples: "mamori init\n  いつもの場所に作ります\nmamori --vault work.mamori init\n  好きなファイルに作ります",
    },
    list: Cmd {
        about: "アイテムを一覧する。語をすべて含むものを探す",
        more: "タイトル、ユーザー名、アドレス、タグ、フォルダー、種類、別名を調べます。かなはローマ字でも\n見つかります。見つからなくてもエラーではありません。端末では表、パイプではパス、ユーザー名、\nID をタブで区切った行になります。search も同じコマンドです。",
        examples: "mamori list\n  すべて\nmamori list xserver メール\n  両方の語を含むもの\nmamori list --json --folder work\n  プログラム向け",
    },
    show: Cmd {
        about: "アイテムを表示する (秘密は伏せる)",
        more: "テンプレートには {title} {username} {password} {url} {urls} {otp} {notes} {folder} {id}\n{field:NAME} が使え、書かれた秘密は表示されます。{{ は波かっこ、\\n は改行です。",
        examples: "mamori show xserver\n  秘密以外のすべて\nmamori show xserver --reveal\n  秘密も表示\nmamori show db --format '{username}:{password}'\n  好きな形で",
    },
    get: Cmd {
        about: "項目を 1 つ出力する、またはコピーする",
        more: "パイプではそのままのバイト列と改行が出ます (-n で改行なし)。",
        examples: "mamori get xserver\n  パスワードを出力します\nmamori get -c xserver\n  コピーし、しばらくして消します\nmamori get xserver#username\n  ほかの項目",
    },
    add: Cmd {
        about: "アイテムを追加する",
        more: "端末ではパスワードをたずねます。スクリプトでは --generate か --secret-stdin を使います。\n秘密は引数にできません (ほかのプログラムから見えるため)。",
        examples: "mamori add 'WordPress blog' --username taro --url https://blog.example --generate\n  新しい無作為なパスワードで\nprintf '%s\\n' \"$PW\" | mamori --password-file pw add db --secret-stdin\n  スクリプトから\nmamori add Card --kind card --field holder='T Yamada' --secret-field number\n  番号をたずねます",
    },
    edit: Cmd {
        about: "アイテムを変更する",
        more: "--url、--tag、--alias、--field、--secret-field は一覧全体を置き換え、--add-* と --drop-* は\n1 つだけ変えます。書かなかったところはそのままです。前の値は履歴に残ります。",
        examples: "mamori edit blog --generate\n  新しいパスワードにします (前のものは履歴へ)\nmamori edit blog --add-tag work --drop-url http://blog.example\n  1 つずつ変えます\nmamori edit blog --unset otp\n  項目を外します",
    },
    mv: Cmd {
        about: "アイテムをフォルダーへ移す",
        more: "'' または / はどのフォルダーにも入れないという意味です。",
        examples: "mamori mv blog sites/wordpress\n  フォルダーがなければ作ります",
    },
    clone: Cmd {
        about: "アイテムを複製する",
        more: "履歴、変更中のパスワード、つながりを除くすべてを写します。",
        examples: "mamori clone mail --title 'mail 2'\n  別のタイトルで",
    },
    rm: Cmd {
        about: "アイテムをごみ箱に入れる",
        more: "何も失われません。mamori restore で戻せます。",
        examples: "mamori rm old-blog\n  ごみ箱へ",
    },
    restore: Cmd {
        about: "アイテムをごみ箱から、または過去の状態に戻す",
        more: "過去の状態は mamori history の番号か ID で指定します。",
        examples: "mamori restore old-blog\n  ごみ箱から戻します\nmamori restore blog --to 3\n  3 番の時点に戻します",
    },
    purge: Cmd {
        about: "アイテムを履歴ごと永久に消す",
        more: "この保管庫と合わせたすべての写しからも消えます。実行前にたずねます。端末がなければ --yes が\n必要です。",
        examples: "mamori purge old-blog\n  1 件\nmamori purge --trash\n  ごみ箱を空にします",
    },
    history: Cmd {
        about: "アイテムの履歴を表示する",
        more: "1 行が 1 回の変更です。--reveal で過去のパスワードも表示します。",
        examples: "mamori history blog --reveal\n  過去のパスワードも",
    },
    link: Cmd {
        about: "アイテムどうしのつながりを記録する",
        more: "RELATION は resets-through (再設定に使うメール)、controlled-by・hosted-on (サーバー)、\nregistered-at (登録業者) です。",
        examples: "mamori link blog resets-through mail\n  blog のパスワードは mail で再設定できる",
    },
    generate: Cmd {
        about: "パスワードを作る",
        more: "レシピは random:20,upper>=1,digit>=2,no-symbol,symbols=-_.,exclude=xyz,no-similar、\nwords:5,sep=.,capital,digit,lang=ja、pin:6、pronounceable:12,capital,digit のように書きます。\nサイトの条件 (passwordrules) も使えます: 'minlength: 8; maxlength: 16;\nallowed: upper, lower, digit, [-_.]; max-consecutive: 2'。\nレシピに合うどのパスワードも同じ確率で出るので、ビット数は正確です。",
        examples: "mamori generate\n  全種類を含む 20 文字\nmamori generate --words 5\n  単語 5 つ\nmamori generate --rules 'random:16,no-symbol' --count 3\n  サイトの条件に合わせて",
    },
    otp: Cmd {
        about: "ワンタイムコードを出力する",
        more: "カウンター式 (HOTP) ではカウンターを進めて保存します。",
        examples: "mamori otp github\n  今のコード\nmamori otp -c github\n  コピーします",
    },
    unlock: Cmd {
        about: "しばらくのあいだ、マスターパスワードなしで開くようにする",
        more: "保管庫の鍵を、このユーザーのカーネルのキーリング (Linux) に置きます。時間が来ると\nカーネルが消します (指定がなければ 15 分)。それまでは、この機械のこのユーザーのどの端末、\nどのログインでも、コマンドも画面もパスワードをたずねません。同じユーザーのほかの\nプログラムも鍵を読めます。平文での書き出しとパスワードの変更では、必ずたずねます。\nmamori lock か、画面の L で終わります。キーを押さずにいて画面がロックされただけでは\n終わりません。今の状態は mamori status でわかります。",
        examples: "mamori unlock\n  15 分間\nmamori unlock --for 1h30m\n  1 時間半\nmamori unlock --this-session\n  このログインの中だけ",
    },
    lock: Cmd {
        about: "unlock で開けておいた保管庫をロックする",
        more: "このユーザーのどの端末でも、またマスターパスワードが必要になります。",
        examples: "mamori lock\n  すべてのログインで一度に",
    },
    status: Cmd {
        about: "保管庫が開けたままかどうかを表示する",
        more: "何も開かず、何もたずねません。鍵を置いておけないときは、理由とできることを示します。",
        examples: "mamori status --json\n  プログラム向け",
    },
    passwd: Cmd {
        about: "マスターパスワードを変える",
        more: "鍵をすべて新しくし、全体に封をし直します。ほかの開け方は使えなくなるので、先に名前を\n示します。以前のバックアップは古いパスワードのままです。",
        examples: "mamori passwd\n  今のものを 1 回、新しいものを 2 回たずねます",
    },
    import: Cmd {
        about: "ほかの製品の書き出しを取り込む",
        more: "RoboForm の CSV (すべての世代) を読みます。同じファイルをもう一度取り込んでも何も増えません。\n壊れたファイルからは何も取り込まず、その行を示します。",
        examples: "mamori import roboform.csv --dry-run\n  何がどうなるかだけ示します\nmamori import roboform.csv\n  取り込みます",
    },
    export: Cmd {
        about: "アイテムをファイルに書き出す",
        more: ".mamori ファイルは暗号化され、マスターパスワードか専用のパスワードで開きます。JSON は平文\nなので、--plain とマスターパスワードの再入力が必要です。- は標準出力です。",
        examples: "mamori export copy.mamori\n  暗号化して\nmamori export all.json --format json --plain\n  誰にでも読める形で",
    },
    merge: Cmd {
        about: "この保管庫の別の写しを合わせる",
        more: "何も失われません。両方で変えた項目は後の変更が有効になり、もう一方は履歴に残ります。\nそうした項目はすべて報告されます。",
        examples: "mamori merge vault-laptop.mamori\n  別の写しをこの保管庫に合わせます",
    },
    backup: Cmd {
        about: "バックアップを一覧する、戻す",
        more: "バックアップは自動で作られます。多くても 10 分に 1 つ、最新の 10 個と、1 週間は 1 日 1 つ、\n1 年は 1 か月 1 つを残します。",
        examples: "mamori backup list\n  新しい順に\nmamori backup restore NAME\n  保管庫を戻します。今の状態もバックアップになります",
    },
    backup_list: Cmd {
        about: "バックアップを新しい順に一覧する",
        more: "保管庫は開かず、パスワードも要りません。",
        examples: "mamori backup list --json\n  プログラム向け",
    },
    backup_restore: Cmd {
        about: "保管庫をバックアップの状態に戻す",
        more: "今の状態を先にバックアップするので、元に戻せます。",
        examples: "mamori backup restore NAME\n  NAME は mamori backup list に出る名前です",
    },
    health: Cmd {
        about: "パスワードの問題を調べる",
        more: "流出、使い回し、よく似たもの、弱いもの、古いもの、期限切れなどを、影響の大きい\nアイテムから順に示します。このマシンの外には何も送りません。流出を調べるには、\nHave I Been Pwned の SHA-1 リスト (ハッシュ順) か、それから作ったフィルター\n(mamori pwned build) が要ります。調べなかったものも示します。何か見つかると\n終了コードは 7 です。",
        examples: "mamori health\n  流出以外のすべて\nmamori health --pwned pwned-passwords-sha1.txt\n  流出も\nmamori health --json\n  プログラム用",
    },
    pwned: Cmd {
        about: "流出パスワードのフィルターを作る",
        more: "mamori pwned build --help を見てください。",
        examples: "mamori pwned build pwned-passwords-sha1.txt common.mpf\n  100 MB に収まるだけ",
    },
    pwned_build: Cmd {
        about: "リストから小さなフィルターを作る",
        more: "SHA-1 リストを 1 度だけ読み、よくあるパスワードを残します。--min-count 回以上の\nものか、--size に収まるだけ (どちらもなければ 100MB)。それ以外のパスワードも\n65,536 件に 1 件は誤って該当します。既存のファイルは上書きしません。",
        examples: "mamori pwned build pwned-passwords-sha1.txt common.mpf --size 100MB\n  サーバーに持っていくため\nmamori health --pwned common.mpf\n  それを使う",
    },
    keys: Cmd {
        about: "全画面のキー一覧を出力する", more: "", examples: "mamori keys\n  すべてのキー"
    },
    config: Cmd {
        about: "設定ファイル",
        more: "全画面の設定ページ（g s）も同じファイルに書きます。",
        examples: "mamori config init\n  すべての設定の説明が入ったファイルを書きます\nmamori config check\n  誤りを行番号つきで全部表示します",
    },
    config_init: Cmd {
        about: "説明つきの設定ファイルを書く",
        more: "すべての設定が初期値とともに # の後ろに並びます。すでにあるファイルには触りません。",
        examples: "mamori config init\n  あとはエディターで開きます",
    },
    config_path: Cmd {
        about: "設定ファイルの場所を出力する",
        more: "",
        examples: "mamori config path\n  $EDITOR \"$(mamori config path)\": エディターで開きます",
    },
    config_check: Cmd {
        about: "設定ファイルの誤りを全部表示する",
        more: "二つのコマンドが同じキーを使うのも誤りです。",
        examples: "mamori config check\n  誤りがあると終了コードは 2 です",
    },
    demo: Cmd {
        about: "デモで全部を試す（全画面）",
        more: "作りものの40アイテムをメモリの中だけで使います。保管庫は読まず、何も保存しません。",
        examples: "mamori demo\n  q で終わり、何も残りません",
    },
    completions: Cmd {
        about: "シェルの補完スクリプトを出力する",
        more: "",
        examples: "mamori completions bash > ~/.local/share/bash-completion/completions/mamori\n  bash\nmamori completions zsh > ~/.zfunc/_mamori\n  zsh",
    },
};

/// Options and arguments.
pub const OPTIONS: Options = Options {
    vault: "保管庫 (または MAMORI_VAULT、設定、既定の場所)",
    password_file: "マスターパスワードのファイル (- は標準入力)",
    key_file: "マスターパスワードと一緒に使う鍵ファイル",
    recovery: "パスワードの代わりに復旧コードをたずねる",
    password_command: "それを出力するコマンド (sh で実行)",
    lang: "言語: ja または en",
    color: "色: auto、always、never",
    config: "設定ファイル",
    ask: "unlock で開けてあっても、パスワードをたずねる",
    for_time: "時間: 90s、15m、1h30m など。7d まで (省くと 15m)",
    this_session: "このログインの中だけ",
    yes: "すべての質問に「はい」と答える",
    quiet: "求められたものだけを出力する",
    read_only: "保管庫を変更しない",
    help: "使い方 (--help は例も)",
    version: "版",
    query: "すべて含まれるべき語",
    entry: "ID、フォルダー/タイトル、またはタイトル",
    entry_field: "アイテム、またはアイテムと項目",
    entries: "それぞれ ID、フォルダー/タイトル、またはタイトル",
    json: "プログラム向けの JSON",
    kdf: "総当たりへの備え: m=64MiB,t=3,p=4 (省略時は自動で測定)",
    all: "アーカイブとごみ箱のものも",
    trash: "ごみ箱の中だけ",
    archived: "アーカイブだけ",
    reveal: "秘密をそのまま表示する",
    template: "テンプレートで出力する (例: '{username} {password}')",
    copy: "出力せずコピーする",
    no_wait: "クリップボードを消すまで待たない",
    no_newline: "値の後に改行を付けない",
    title: "タイトル",
    new_title: "新しいタイトル",
    kind: "アイテムの種類 (下を参照)",
    username: "ユーザー名",
    url: "アドレス (繰り返し可)",
    folder: "フォルダー (a/b のようなパス)",
    tag: "タグ (繰り返し可)",
    alias: "検索できる別名 (繰り返し可)",
    reading: "検索できるよみがな",
    favourite: "お気に入りにする",
    no_favourite: "お気に入りから外す",
    field: "自分で作る項目 (繰り返し可)",
    secret_field: "秘密の項目 (値はたずねるか、標準入力の 1 行)",
    generate: "レシピで新しいパスワードを作る",
    secret_stdin: "パスワードは標準入力の 1 行",
    otp_stdin: "ワンタイムコードの鍵は標準入力の 1 行",
    notes_stdin: "メモは標準入力の残り全部",
    add_url: "アドレスを足す",
    drop_url: "アドレスを外す",
    add_tag: "タグを足す",
    drop_tag: "タグを外す",
    add_field: "項目を足す、または書き換える",
    add_secret_field: "秘密の項目を足す、または書き換える",
    drop_field: "項目を外す",
    unset: "username、password、otp、項目などを外す",
    target_folder: "フォルダー (a/b のようなパス)",
    revision: "履歴の番号または ID",
    purge_trash: "ごみ箱の中すべて",
    relation: "resets-through、controlled-by、hosted-on、registered-at",
    link_target: "つながる先のアイテム",
    length: "文字数",
    words: "単語の数 (EFF の一覧から)",
    pin: "数字だけの桁数",
    pronounceable: "発音できる文字列",
    rules: "レシピ、またはサイトの条件 (--help を参照)",
    no_similar: "0 O l 1 など紛らわしい文字を除く",
    count: "個数",
    new_password_file: "新しいマスターパスワードをファイルから読む (- は標準入力の次の行)",
    import_file: "書き出されたファイル",
    import_format: "ファイルの形式 (省略時は内容から判断)",
    dry_run: "何がどうなるかだけ示す",
    undo_guards: "= + - の前のアポストロフィも取り除く",
    export_file: "書き出し先 (- は標準出力)",
    export_format: "mamori または json",
    plain: "平文でよい",
    export_password_file: "ファイル専用のパスワード (- は標準入力の次の行)",
    merge_file: "別の写し",
    backup_name: "バックアップの名前",
    shell: "bash、zsh、fish、elvish、powershell",
    pwned: "流出パスワードのリスト、またはそのフィルター",
    pwned_list: "SHA-1 リスト (ハッシュ順)",
    pwned_out: "書き出すフィルター",
    min_count: "この回数以上のパスワード",
    size: "収まるだけ (例: 100MB)",
};
