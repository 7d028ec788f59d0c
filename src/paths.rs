//! Where things lie: the vault, the state folder, the settings file. Pure: the environment comes in
//! as a look-up, nothing is created or looked at.
//!
//! Vault: `--vault`, `$MAMORI_VAULT`, the settings, `$XDG_DATA_HOME/mamori/vault.mamori`. State
//! (backups, drafts, notes; never synchronised): `$XDG_STATE_HOME/mamori`. Settings:
//! `$XDG_CONFIG_HOME/mamori/config.toml`. The XDG folders default to `~/.local/share`,
//! `~/.local/state`, `~/.config`; a relative XDG value is ignored, as the specification says.

use std::ffi::OsString;
use std::path::PathBuf;

/// A look-up of an environment variable.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<OsString>;

fn set(env: Env<'_>, name: &str) -> Option<OsString> {
    env(name).filter(|value| !value.is_empty())
}

fn xdg(env: Env<'_>, name: &str, usual: &str) -> Option<PathBuf> {
    let own = set(env, name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || Some(PathBuf::from(set(env, "HOME")?).join(usual));
    Some(own.or_else(home)?.join("mamori"))
}

/// The vault file. None when nothing names it and there is no home.
pub fn vault(option: Option<PathBuf>, config: Option<PathBuf>, env: Env<'_>) -> Option<PathBuf> {
    option
        .or_else(|| set(env, "MAMORI_VAULT").map(PathBuf::from))
        .or(config)
        .or_else(|| Some(xdg(env, "XDG_DATA_HOME", ".local/share")?.join("vault.mamori")))
}

/// The folder in which the vault lies usually, and lists of leaked passwords beside it.
pub fn data(env: Env<'_>) -> Option<PathBuf> {
    xdg(env, "XDG_DATA_HOME", ".local/share")
}

/// The local state folder.
pub fn state(env: Env<'_>) -> Option<PathBuf> {
    xdg(env, "XDG_STATE_HOME", ".local/state")
}

/// A second place for what cannot be saved before the program ends: the folder of the login session.
pub fn runtime(env: Env<'_>) -> Option<PathBuf> {
    set(env, "XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute())
}

/// The settings file.
pub fn config(option: Option<PathBuf>, env: Env<'_>) -> Option<PathBuf> {
    option.or_else(|| Some(xdg(env, "XDG_CONFIG_HOME", ".config")?.join("config.toml")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> Option<OsString> {
        move |wanted| pairs.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.into())
    }

    #[test]
    fn the_nearest_source_names_the_vault() {
        let full = env(&[("MAMORI_VAULT", "/env"), ("HOME", "/home/taro")]);
        let home = env(&[("MAMORI_VAULT", ""), ("HOME", "/home/taro"), ("XDG_DATA_HOME", "relative")]);
        let (option, config) = (Some(PathBuf::from("/option")), Some(PathBuf::from("/config")));
        assert_eq!(vault(option, config.clone(), &full), Some("/option".into()));
        assert_eq!(vault(None, config.clone(), &full), Some("/env".into()));
        assert_eq!(vault(None, config, &home), Some("/config".into()));
        assert_eq!(vault(None, None, &home), Some("/home/taro/.local/share/mamori/vault.mamori".into()));
        assert_eq!(vault(None, None, &env(&[])), None);
    }

    #[test]
    fn xdg_folders_are_heeded() {
        let own = env(&[("XDG_STATE_HOME", "/state"), ("HOME", "/h"), ("XDG_CONFIG_HOME", "/c")]);
        assert_eq!(state(&own), Some("/state/mamori".into()));
        assert_eq!(super::config(None, &own), Some("/c/mamori/config.toml".into()));
        assert_eq!(state(&env(&[("HOME", "/h")])), Some("/h/.local/state/mamori".into()));
    }
}
