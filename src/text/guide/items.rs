//! The items of the checklists: data only. Sources are the pages that say it, of those who run the
//! services or whose task it is to help.

use super::Item;

const MS_RECOVER: &str = "https://support.microsoft.com/en-us/accounts-billing/manage/how-to-recover-a-hacked-or-compromised-microsoft-account";
const MS_APP_PASSWORDS: &str = "https://support.microsoft.com/en-us/account-billing/manage-app-passwords-for-two-step-verification-d6dc8c6d-4bf7-4851-ad95-6d07799387e9";
const MS_OFFLINE: &str = "https://learn.microsoft.com/ja-jp/defender-endpoint/microsoft-defender-offline";
const GOOGLE_ACCOUNT: &str = "https://support.google.com/accounts/answer/6294825";
const GOOGLE_MAIL: &str = "https://support.google.com/mail/answer/7036019";
const IPA_REMOTE: &str = "https://www.ipa.go.jp/security/anshin/attention/2024/mgdayori20241119.html";
const IPA_LOGIN: &str = "https://www.ipa.go.jp/security/anshin/attention/2025/mgdayori20250828.html";
const IPA_FTP: &str = "https://www.ipa.go.jp/security/anshin/faq/faq-8.html";
const NPA_ACCESS: &str = "https://www.npa.go.jp/bureau/cyber/countermeasures/unauthorized-access.html";
const NPA_PHISHING: &str = "https://www.npa.go.jp/bureau/cyber/countermeasures/phishing.html";
const NPA_SITE: &str = "https://www.npa.go.jp/bureau/cyber/countermeasures/hacked-website.html";
const POLICE_GUNMA: &str = "https://www.police.pref.gunma.jp/647225.html";
const POLICE_FUKUOKA: &str = "https://waf.police.pref.fukuoka.jp/seian/cyber/cyber_teguchi/taisaku04.html";
const JPCERT_REUSE: &str = "https://www.jpcert.or.jp/pr/stop-password.html";
const JPCERT_DOMAIN: &str = "https://www.jpcert.or.jp/at/2014/at140044.html";
const JPRS_DOMAIN: &str =
    "https://jprs.jp/tech/security/2014-11-05-unauthorized-update-of-registration-information.html";
const JPRS_LOCK: &str = "https://jpdirect.jp/support/domain/jp-transferlock.html";
const XSERVER_SMTP: &str = "https://www.xserver.ne.jp/support/faq/faq_service_mail_trouble.php";
const XSERVER_SSH: &str = "https://www.xserver.ne.jp/manual/man_server_ssh.php";
const XSERVER_CRON: &str = "https://www.xserver.ne.jp/manual/man_program_cron.php";
const XSERVER_WP: &str = "https://wp.xserver.ne.jp/support/manual/man_wp_security_wpsecurity.php";
const XSERVER_DOMAIN: &str = "https://xfree.ne.jp/manual/man_domain_protection_setting.php";
const ONAMAE_SERVER: &str = "https://help.onamae.com/answer/13508";
const CLARA_SPAM: &str = "https://spt.clara.jp/ufaqs/14996/";
const MUUMUU_CODE: &str = "https://support.muumuu-domain.com/hc/ja/articles/360047099673-%E8%AA%8D%E8%A8%BC%E3%82%B3%E3%83%BC%E3%83%89-AuthCode-%E3%81%AE%E7%A2%BA%E8%AA%8D%E6%96%B9%E6%B3%95";
const TRANSFER_MAIL: &str = "https://domainname.jp/topics/detail/245";
const WP_HACKED: &str = "https://wordpress.org/documentation/article/faq-my-site-was-hacked/";
const WP_HARDENING: &str = "https://developer.wordpress.org/advanced-administration/security/hardening/";
const WP_MFA: &str = "https://developer.wordpress.org/advanced-administration/security/mfa/";
const WP_CHECKSUMS: &str = "https://developer.wordpress.org/cli/commands/core/verify-checksums/";
const CARD_UNKNOWN: &str = "https://tscubic.com/support/guide-card/common/unknown-charges/";
const BANK_STOP: &str = "https://www.aichibank.co.jp/caution/detail/caution04.html";
const LY_ACCOUNT: &str = "https://www.lycorp-security.jp/ja/column/0009.html";

const fn item(id: &'static str, en: &'static str, ja: &'static str, source: &'static str) -> Item {
    Item { id, en, ja, source }
}

pub(super) const COMPUTER: &[Item] = &[
    item(
        "other-device",
        "If you doubt this computer, do the next steps on another one: new passwords typed here would be known too.",
        "このPCに不安があるときは、別の端末で次の手順に進んでください。ここで打った新しいパスワードも盗まれるおそれがあります。",
        MS_RECOVER,
    ),
    item(
        "update",
        "Bring the system and the browser up to date.",
        "OS とブラウザーを最新の状態に更新してください。",
        WP_HARDENING,
    ),
    item(
        "scan",
        "Let the virus scanner look through everything; on Windows run the offline scan as well.",
        "ウイルス対策ソフトですべてを検査してください。Windows ではオフラインスキャンも行います。",
        MS_OFFLINE,
    ),
    item(
        "programs",
        "Remove programs and browser extensions that you do not know.",
        "覚えのないプログラムやブラウザーの拡張機能を削除してください。",
        GOOGLE_ACCOUNT,
    ),
    item(
        "remote",
        "Did somebody work on it from afar (a \"support\" call)? Then restore or reset the system.",
        "電話の「サポート」などに遠隔操作をさせたことがあるなら、システムの復元か初期化をしてください。",
        IPA_REMOTE,
    ),
    item(
        "phishing",
        "Think back: was the password typed on a page that a mail or a message opened?",
        "メールや SMS のリンクから開いたページで、パスワードを打たなかったか思い出してください。",
        NPA_PHISHING,
    ),
];

pub(super) const MAILBOX: &[Item] = &[
    item(
        "evidence",
        "Before you clear anything up: keep a picture of the sign-in history and of what is odd.",
        "片づける前に、ログイン履歴や不審な設定の画面を保存してください。",
        POLICE_GUNMA,
    ),
    item(
        "forwarding",
        "Forwarding: remove every address that is not yours.",
        "転送設定を見て、覚えのない転送先を消してください。",
        GOOGLE_MAIL,
    ),
    item(
        "filters",
        "Filters and rules: remove those that forward, hide or delete mail and are not yours.",
        "振り分けやフィルターを見て、転送や削除をする覚えのないものを消してください。",
        GOOGLE_MAIL,
    ),
    item(
        "autoresponder",
        "Autoresponder and signature: is the text yours?",
        "自動返信と署名が、自分で書いた文のままか見てください。",
        GOOGLE_MAIL,
    ),
    item(
        "send-as",
        "Sender addresses and people with access: remove those that you do not know.",
        "差出人アドレスと、代理でアクセスできる人を見て、知らないものを消してください。",
        GOOGLE_MAIL,
    ),
    item(
        "sessions",
        "Sign out everywhere: all devices and mail programs that are signed in.",
        "ログイン中の端末やメールソフトを、すべてログアウトさせてください。",
        GOOGLE_ACCOUNT,
    ),
    item(
        "app-passwords",
        "App passwords: revoke all of them, then make new ones for your own programs.",
        "アプリパスワードをすべて取り消し、自分の機器のものだけ作り直してください。",
        MS_APP_PASSWORDS,
    ),
    item(
        "recovery",
        "Recovery address and telephone: are they still yours?",
        "再設定用のメールアドレスと電話番号が、自分のもののままか見てください。",
        GOOGLE_ACCOUNT,
    ),
    item(
        "sent",
        "Sent and deleted mail: look for password resets of other services and for mails you did not write.",
        "送信済みとごみ箱に、ほかのサービスの再設定メールや、書いた覚えのないメールがないか見てください。",
        POLICE_FUKUOKA,
    ),
    item(
        "abroad",
        "Where the host offers it, allow no sending from abroad.",
        "国外からの送信を止める設定があれば、有効にしてください。",
        XSERVER_SMTP,
    ),
    item(
        "two-factor",
        "Turn on two-step verification where there is one.",
        "2 段階認証があれば、有効にしてください。",
        IPA_LOGIN,
    ),
];

pub(super) const PANEL: &[Item] = &[
    item(
        "evidence",
        "Save the access logs first: they are deleted after some days.",
        "まずアクセスログを保存してください。数日で消えることがあります。",
        NPA_SITE,
    ),
    item(
        "host",
        "Tell the host's support what happened. The report of this plan can be sent as it is.",
        "サーバー会社に状況を伝えてください。この対応の報告書をそのまま送れます。",
        POLICE_GUNMA,
    ),
    item(
        "two-factor",
        "Turn on two-step verification for the panel.",
        "管理パネルの 2 段階認証を有効にしてください。",
        IPA_LOGIN,
    ),
    item(
        "mail-accounts",
        "Mail accounts: remove those that you did not make, and look which one sends much.",
        "覚えのないメールアカウントを消し、大量に送信しているものがないか見てください。",
        CLARA_SPAM,
    ),
    item(
        "ftp",
        "FTP accounts: remove those that you do not know, give the others new passwords.",
        "覚えのない FTP アカウントを消し、残すもののパスワードを変えてください。",
        IPA_FTP,
    ),
    item(
        "ssh",
        "SSH: is it switched off where you do not use it, and are all the keys yours?",
        "SSH は、使わないなら無効にし、登録された公開鍵がすべて自分のものか見てください。",
        XSERVER_SSH,
    ),
    item(
        "cron",
        "Scheduled commands (cron): remove those that are not yours.",
        "Cron の設定を見て、覚えのないコマンドを消してください。",
        XSERVER_CRON,
    ),
    item(
        "databases",
        "Databases: new passwords for their users; they stand in wp-config.php too.",
        "データベースのユーザーのパスワードを変えてください (wp-config.php にも書いてあります)。",
        WP_HACKED,
    ),
    item(
        "files",
        "Files that you did not put there: look, keep a copy, then delete them.",
        "置いた覚えのないファイルを探し、控えを取ってから削除してください。",
        ONAMAE_SERVER,
    ),
];

pub(super) const DOMAIN: &[Item] = &[
    item(
        "name-servers",
        "Name servers: compare them with what your server asks for (whois shows them).",
        "ネームサーバーが、契約しているサーバーのもののままか確かめてください (whois で見られます)。",
        JPCERT_DOMAIN,
    ),
    item(
        "records",
        "DNS records: web address (A), mail (MX) and the rest point where they should.",
        "DNS レコードを見て、サイト (A) やメール (MX) の行き先が正しいか確かめてください。",
        JPCERT_DOMAIN,
    ),
    item(
        "contact",
        "Holder and contact address: are they yours, and does mail to it reach you?",
        "登録者と連絡先のメールが自分のもので、届く状態か確かめてください。",
        JPRS_DOMAIN,
    ),
    item("transfer-lock", "Turn on the transfer lock.", "移管ロックを有効にしてください。", JPRS_LOCK),
    item(
        "transfers",
        "Is a transfer under way? Decline it at once: a .jp transfer goes through after ten days of silence.",
        "移管の申請が来ていないか見て、あれば不承認にしてください。.jp では 10 日間返事をしないと移管されることがあります。",
        TRANSFER_MAIL,
    ),
    item(
        "auth-code",
        "The auth code moves the domain away: if somebody may have seen it, have a new one made.",
        "認証コード (AuthCode) があると移管できます。見られたおそれがあれば、新しくしてもらってください。",
        MUUMUU_CODE,
    ),
    item(
        "two-factor",
        "Turn on two-step verification, or what the registrar calls domain protection.",
        "2 段階認証やドメインプロテクションを有効にしてください。",
        XSERVER_DOMAIN,
    ),
];

pub(super) const WORDPRESS: &[Item] = &[
    item(
        "backups",
        "Keep a copy of files and database as they are now; look which older backup is from before the break-in.",
        "今のファイルとデータベースの控えを取り、被害より前のバックアップがあるか確かめてください。",
        WP_HACKED,
    ),
    item(
        "administrators",
        "Users: delete administrators that you do not know, give the others new passwords.",
        "「ユーザー」で覚えのない管理者を消し、残る管理者のパスワードを変えてください。",
        WP_HACKED,
    ),
    item(
        "salts",
        "New secret keys (salts) in wp-config.php.",
        "wp-config.php の認証キー (salt) を新しくしてください。",
        WP_HACKED,
    ),
    item(
        "sessions",
        "The new keys sign everybody out: sign in again and look that nobody else comes back.",
        "キーを変えると全員ログアウトします。入り直して、知らない人が残っていないか見てください。",
        WP_HACKED,
    ),
    item(
        "checksums",
        "Compare the core files: wp core verify-checksums, and wp plugin verify-checksums --all.",
        "本体のファイルを照合してください: wp core verify-checksums と wp plugin verify-checksums --all。",
        WP_CHECKSUMS,
    ),
    item(
        "plugins",
        "Plugins: delete what you do not use or know, install the others anew from WordPress.org.",
        "使わない、または覚えのないプラグインを消し、残すものは WordPress.org から入れ直してください。",
        WP_HARDENING,
    ),
    item(
        "themes",
        "Themes: the same; keep the one in use and one of the standard ones.",
        "テーマも同じです。使っているものと標準のもの 1 つだけを残してください。",
        WP_HARDENING,
    ),
    item(
        "update",
        "Bring WordPress, plugins and themes up to date.",
        "WordPress 本体、プラグイン、テーマを最新にしてください。",
        WP_HARDENING,
    ),
    item(
        "two-factor",
        "Turn on two-step sign-in for administrators.",
        "管理者に 2 段階認証を付けてください。",
        WP_MFA,
    ),
    item(
        "abroad",
        "Where the host offers it, allow no sign-in from abroad.",
        "サーバーに国外からのログインを止める設定があれば、有効にしてください。",
        XSERVER_WP,
    ),
    item(
        "again",
        "When the site is clean: change the passwords once more.",
        "サイトがきれいになったら、パスワードをもう一度変えてください。",
        WP_HACKED,
    ),
];

pub(super) const PAYMENT: &[Item] = &[
    item(
        "call",
        "Call the bank or the card company at once if money may have moved; the number is on the card.",
        "お金が動いたおそれがあれば、すぐに銀行やカード会社に電話してください。番号はカードの裏にあります。",
        POLICE_GUNMA,
    ),
    item(
        "stop",
        "In doubt, have online banking stopped until the passwords are new.",
        "不安なら、パスワードを変えるまでインターネットバンキングを止めてもらってください。",
        BANK_STOP,
    ),
    item(
        "statements",
        "Go through the statements: which charges are not yours?",
        "利用明細を見て、覚えのない請求がないか確かめてください。",
        CARD_UNKNOWN,
    ),
    item(
        "saved-cards",
        "Shops that have the card saved: sign in there, look at the orders, remove the card.",
        "カードを登録した店に入り、注文を確かめ、登録を外してください。",
        NPA_ACCESS,
    ),
    item(
        "police",
        "If there is damage: keep the records and go to the police.",
        "被害があれば、記録を保存して警察に相談してください。",
        NPA_ACCESS,
    ),
];

pub(super) const ACCOUNT: &[Item] = &[
    item(
        "saved-address",
        "Sign in from the address that is saved here, never from a link in a mail.",
        "メールのリンクではなく、ここに保存したアドレスから入ってください。",
        NPA_PHISHING,
    ),
    item(
        "no-entry",
        "If you cannot get in: write to the service, they can close the account or give it back.",
        "入れないときは、サービスの会社に連絡してください。停止や復旧をしてもらえます。",
        POLICE_GUNMA,
    ),
    item(
        "own-password",
        "Give it a password of its own, used nowhere else.",
        "どこにも使っていない、専用のパスワードにしてください。",
        JPCERT_REUSE,
    ),
    item(
        "data",
        "Mail address, telephone and postal address: are they still yours?",
        "登録されたメール、電話番号、住所が自分のもののままか見てください。",
        LY_ACCOUNT,
    ),
    item(
        "history",
        "Orders, points and sign-in history: is everything yours?",
        "注文、ポイント、ログインの履歴に、覚えのないものがないか見てください。",
        LY_ACCOUNT,
    ),
    item(
        "sessions",
        "Sign out all devices, and remove apps with access that you do not know.",
        "すべての端末をログアウトさせ、覚えのない連携アプリを外してください。",
        GOOGLE_ACCOUNT,
    ),
    item(
        "two-factor",
        "Turn on two-step verification where there is one.",
        "2 段階認証があれば、有効にしてください。",
        IPA_LOGIN,
    ),
];
