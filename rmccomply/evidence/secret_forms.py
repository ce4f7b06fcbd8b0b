"""The forms in which secrets stand in a line of text, and where a secret begins.

Three kinds: what a word says by itself (a key of AWS, a hash of shadow), which goes alone; what stands behind a name
(`password=`, `Authorization:`, `bindpw`), and what stands behind an option of a program that is known to take one
(`mysql -p`, `curl -u`), which go to the end of the line, since nobody can say where a secret ends. An option such as
`-p` alone says nothing: `-A INPUT -p tcp` of a packet filter stays.

Every repetition has a bound, and no form has one repetition in another, so that the time for a line is a small
multiple of its length.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from rmccomply.tuples import NamedTuple

REDACTED: Final = "(redacted)"
TRIGGERS: Final = (
    *("pass", "pw", "secret", "token", "key", "auth", "cred", "bearer", "basic ", "psk", "communit", "com2sec"),
    *("trapsink", "trap2sink", "informsink", "createuser", "usmuser", "cookie", "sig=", "?sig", "&sig"),
    *("using ", "using\t"),
    *("identified", "jdbc:", "exp ", "exp\t", "imp ", "imp\t", "sqlldr", "userid=", "regcode", "suseconnect"),
    *(
        " attach ",
        " attach\t",
        "\tattach",
        "rhc ",
        "rhc\t",
        "hooks.slack",
        "telegram.org/bot",
        "api/webhooks/",
        "signature",
    ),
    *("echo ", "echo\t", "printf ", "printf\t", "basic\t", "kennwort", "wachtwoord", "contrase", "curl", "--user"),
    *("sqlplus", "rman ", "rman\t", "expdp", "impdp", "://", "-----begin", "agpa", "aida", "aroa", "anpa", "anva"),
    *("glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "hvb."),
    *("akia", "asia", "ghp_", "gho_", "ghs_", "ghu_", "ghr_", "_pat_", "glpat-", "gldt-", "glrt-", "xox", "xapp-"),
    *("k_live_", "k_test_", "npm_", "pypi-", "aiza", "ya29.", "hvs.", "sg.", "sk-", "hf_", "dop_v1_", "age-", "eyj"),
    *("$", "{s", "{m", "{c", "{p", ":99999:", "bqi", "<<<", "/p:"),
    *(" -p", " -w", " -u", " -c", " -a", " -x", " -k", "'-", '"-', "\t-", ",-"),
)
"""A line that has none of these, in small letters, holds no secret of any form but a long run of base64."""

_KEYS: Final = (
    *("api", "access", "account", "private", "shared", "master", "encryption", "signing", "license", "storage"),
    *("auth", "sas", "ssh", "ssl", "tls", "gpg", "pgp", "session", "client", "service", "consumer", "deploy"),
    *("crypt", "kms", "hmac", "aes", "rsa", "wrapping", "vault", "root", "activation", "validation"),
)
_KEY_OF: Final = "|".join(rf"(?<={word}key)|(?<={word}[_-]key)" for word in (*_KEYS, "secret"))
"""Looked at behind each `key`: to look for these words everywhere takes long."""
_OWNERS: Final = (
    *(
        "store",
        "key",
        "db",
        "user",
        "ftp",
        "my",
        "smtp",
        "imap",
        "ldap",
        "admin",
        "adm",
        "root",
        "login",
        "http",
        "proxy",
    ),
    *("bind", "mail", "web", "app", "sys", "ssh", "wifi", "vpn", "new", "old", "priv", "trust", "ora", "sql", "my"),
)
"""What is written before `pass` and `pw` without anything between."""
_PASS_OF: Final = "|".join(rf"(?<={word}pass)" for word in _OWNERS)
_PW_OF: Final = "|".join(rf"(?<={word}pw)" for word in _OWNERS)
_NAME: Final = (
    r"rmckey|(?<!\bno)(?!(?<=set[-_])passwords)passw|passphrase|passcode|pass[_-]?key|secret|(?<!\bkey)token(?!-?ring)|credential|bindpw|rootpw|cookie"
    rf"|key(?:{_KEY_OF})"
    rf"|(?<![a-z])(?:psk|pwd)(?![a-z])|(?<=[_-])pwd|mysql_pwd|pw(?![a-z])(?:(?<![a-z]pw)|{_PW_OF})"
    rf"|pass(?![a-z])(?:(?<![a-z]pass)|{_PASS_OF})"
    r"|(?:rw|ro|trap)?community(?:string|name)?|authorization|(?<=[?&])(?:sig|auth)|x-amz-signature|\bkeytab_?(?:data|base64)"
    r"|(?<=[_\"'])auth(?![a-z])|kennwort|wachtwoord|mot de passe|contrase[n\xf1]a"
)
_QUOTES: Final = r"(?:[\"'\\\]]|&quot;|&#34;){0,4}+"
_NAMED: Final = (
    rf"(?:{_NAME})[\w.-]{{0,64}}+(?:{_QUOTES}[ \t]{{0,64}}+(?:-?(?:[=:>]|&gt;|&#61;|%3d){{1,4}}+(?![=:>])[ \t]{{0,64}}+"
    r"(?=[^ \t])(?!//)(?!(?-i:(?<=PWD=)/))"
    rf"|[,;]?[ \t]{{0,8}}+{_QUOTES}value{_QUOTES}[ \t]{{0,8}}+[=:>]{{1,2}}+[ \t]{{0,8}}+(?=\S))"
    r"|\([ \t]{0,8}+[\"'](?=[^\"'])|[ \t]{1,8}+(?:-v|--value)[ \t=]{1,8}+(?=\S))"
)
"""`PWD=/` is the working directory. `KeyToken` names a console, and is an attribute that verdicts point at."""
_GLUED: Final = r"(?<=[\w-])pass=(?=[^ \t])"
_LONG_OPTION: Final = (
    rf"(?:^|(?<=[ \t\"'\[,]))--?[\w-]{{0,40}}(?:{_NAME})[\w-]{{0,40}}+[\"']?,?[ \t]{{1,64}}+(?=[^ \t])"
)
_NO_VALUE: Final = "|".join(
    (
        "a|an|the|and|or|is|are|was|were|be|been|has|have|had|for|of|in|on|to|at|by|from|with|as|if|it|not|no|may|must",
        "will|would|can|cannot|could|should|does|did|do|file|files|database|db|entry|entries|change|changed|changes",
        "changing|expired?|expires|expiry|expiration|aging|age|required|authentication|prompt|policy|policies|quality",
        "hash|hashes|hashing|based|protected|service|services|server|daemon|agent|manager|management|tool|tools|utility",
        "utilities|library|libraries|module|modules|ring|ring-network|edition|version|support|set|reset|update|updated",
        "updates|incorrect|wrong|invalid|missing|accepted|denied|failed|failure|found|unknown|empty|name|names|value",
        "values|string|strings|type|types|length|again|less|login|logins|access|restriction|restrictions|cache|store",
        "attempt|attempts|recovery|checking|checker|check|strength|rules|field|fields|package|packages|program|security",
        "and/or|plugin|plugins|encryption|token|tokens|key|keys|account|accounts|user|users|group|groups|root|information",
    )
)
_VERSION: Final = r"\d[\w.+~]{0,64}[:./-][\w.+~:/-]{0,200}(?![^\s])"
_PLAIN: Final = rf"(?!(?:{_NO_VALUE})(?:[ \t.,;:)'\"]|$))(?!{_VERSION})(?![|(=<>:,;.\-])(?=[^ \t])"
"""What may be a value and is no word of a sentence, no version of a package and no port."""
_SPACED: Final = (
    r"(?<![\w.-])(?:password|passwd|passphrase|passwort|secret|auth-?token|token|bindpw|rootpw|psk|api[_-]?key"
    r"|(?:ro|rw|trap)?community6?|wpa-psk|requirepass|masterauth)(?:[ \t]+(?:is|was)[ \t]+(?=\S{0,64}\d)|[ \t]{1,64}"
    rf"(?:\d[ \t]+)?){_PLAIN}"
    r"|(?<![\w-])(?:com2sec6?(?:[ \t]+-Cn[ \t]+\S+)?|trap2?sink|informsink|createuser|usmuser)[ \t]{1,64}(?=\S)"
    r"|\bidentified[ \t]+by[ \t]+(?:password[ \t]+)?(?=\S)"
    rf"|(?<![\w.-])bearer[ \t]{{1,64}}{_PLAIN}"
    r"|(?<![\w.-])basic[ \t]{1,64}(?!(?-i:[A-Z]?[a-z]{0,40})(?![\w+/=]))(?=[\w+/=-]{6})"
    r"|\bconnect[ \t].{0,200}?[ \t]user[ \t]+\S{1,64}[ \t]+using[ \t]+(?=\S)"
    r"|\b(?:echo|printf)[ \t]+(?:-[ne]+[ \t]+)?(?=[^|]{1,200}\|[ \t]*(?:\S*/)?(?:sudo|passwd|chpasswd|kinit|su)\b)"
    r"|\b(?:sudo|chpasswd|passwd|kinit|su)\b.{0,200}<<<[ \t]*(?=\S)"
    r"|\b(?:sqlplus|rman|expdp|impdp)[ \t][^/\n]{0,200}?[\w$]/(?=[^\s/]{1,128}(?:@|[ \t]|$))"
)
_PAIR: Final = (
    rf"[(\[][\"'][\w.-]{{0,40}}(?:{_NAME})[\w.-]{{0,40}}+[\"'],[ \t]{{0,8}}[\"'](?=[^\"']{{1,200}}[\"'][)\]])"
)
"""A list of a name and its value."""
_WORD: Final = r"(?:password|passwd|passphrase|passcode|passwort|secret|token|psk|pass|pw|api[_-]?key|access[_-]key)"
_SENTENCE: Final = (
    rf"(?<=\w[_.-]){_WORD}[ \t](?!.{{0,80}}\b(?:active|inoperative)[ \t]*$){_PLAIN}(?=\S{{0,64}}\d)"
    r"|^[ \t]{0,16}(?:(?:set|export|setenv)[ \t]+)?"
    rf"(?:[\w.-]{{1,40}}(?<=[_.-]){_WORD}|(?:{'|'.join(_OWNERS)})(?:pass|pw))[ \t]{_PLAIN}(?=\S{{1,200}}[ \t]*$)"
    r"|\b(?:rootpw|sshpw|password)(?:[ \t]{1,8}--[\w=-]{1,64}){1,4}[ \t]{1,8}(?=[^\s-])"
    rf"|(?<!\[sudo\] )\b{_WORD}(?:[ \t]+(?:is|was)[ \t]{{0,8}}:[ \t]{{0,8}}(?=\S)"
    rf"|[ \t]{{0,8}}\([^)\s]{{1,64}}\):[ \t]{{1,8}}{_PLAIN}"
    r"|[ \t]+(?:(?:is|was)[ \t]+(?:re)?(?:generated|set|changed|created)[ \t]+)?(?:for|of)[ \t]+"
    rf"(?:user[ \t]+)?[^\s:]{{1,64}}[ \t]{{0,8}}:[ \t]{{1,8}}{_PLAIN})"
)
"""What a program or a person says of a secret, and a line of settings with a blank in it."""
_GIVEN: Final = (
    r"\bjdbc:oracle:\w{1,8}:[\w$#]{1,64}/(?=[^\s/@]{1,128}@)"
    r"|\bsqlldr[ \t][^/\n]{0,200}?[\w$]/(?=[^\s/])|\buserid=[\w$]{1,64}/(?=[^\s/])"
    r"|\b(?:exp|imp)[ \t]+[\w$]{1,30}/(?=[^\s/]{1,128}(?:@|[ \t]+\w{2,12}=))"
    r"|\brman[ \t].{0,200}?[ \t](?:catalog|target|auxiliary)[ \t]+[\w$]{1,64}/(?=[^\s/@]{1,128}@)"
    r"|\bdb2\w{0,8}[ \t].{0,200}?[ \t]using[ \t]+(?=\S)"
    r"|\bregcode[ \t=:]{1,8}(?=\S)|\bsuseconnect[ \t](?:.{0,100}?[ \t])?-r[ \t]*(?=\S)"
    r"|\b(?:pro|ua|ubuntu-advantage)[ \t]+attach[ \t]+(?=[^\s-])"
    r"|\brhc[ \t]+connect[ \t](?:.{0,100}?[ \t])?-a[ \t]*(?=\S)"
    r"|\bipa-\w{1,16}-install[ \t](?:.{0,200}?[ \t])?-w[ \t]*(?=\S)"
    r"|\b(?:openssl[ \t]+passwd|mkpasswd)(?:[ \t]+-\S{1,16}){0,4}[ \t]+(?=[^\s-])"
    r"|--oauth2-bearer[ \t=]{1,8}(?=\S)"
    r"|\bhooks\.slack\.com/services/(?=\S)|\btelegram\.org/bot(?=\d{1,20}:)|\bapi/webhooks/(?=\d)"
)
"""What programs are given without a name of a secret before it."""
_GIVEN_TO: Final = (
    *(
        "jdbc:",
        "sqlldr",
        "userid=",
        "exp ",
        "exp\t",
        "imp ",
        "imp\t",
        "rman ",
        "rman\t",
        "using ",
        "using\t",
        "regcode",
    ),
    *("suseconnect", " attach", "\tattach", "rhc ", "rhc\t", "-install ", "-install\t", "passwd", "oauth2-bearer"),
    *("hooks.slack", "telegram.org/bot", "api/webhooks/"),
)
"""What `_GIVEN` finds has one of these in it, in small letters."""
_LINE: Final = f"{_NAMED}|{_GLUED}|{_LONG_OPTION}|{_SPACED}|{_PAIR}|{_SENTENCE}"
"""What stands before a secret, which is the rest of the line."""
_SPOKEN: Final = (
    *("pass", "secret", "token", "credential", "pw", "cookie", "rmckey", "psk", "communit", "authorization"),
    *("_auth", '"auth', "'auth", "masterauth", "?sig", "&sig", "keytab", "kennwort", "wachtwoord", "contrase"),
    *("com2sec", "trapsink", "trap2sink", "informsink", "createuser", "usmuser", "identified", "bearer", "basic"),
    *("using", "echo", "printf", "<<<", "sqlplus", "rman", "expdp", "impdp"),
    *("?auth", "&auth", "x-amz-signature"),
)
"""What `_LINE` and `_OPEN` find has one of these in it, in small letters, or a key of these."""
_OF_RSCT: Final = ("rsct.basic", "rsct basic", " keytoken ")
"""Words of RSCT that every host prints and that no form takes; without them most hosts need no long search."""
_OPEN: Final = rf"(?:{_NAME})[\w.-]{{0,64}}[\"']?[ \t]{{0,64}}[=:][ \t]{{0,64}}[|>]?[+-]?[ \t]{{0,64}}$"
"""A name of a secret whose value stands on deeper lines below, as in YAML."""
_NEAR_THE_END: Final = 256
_ANY_CASE: Final = re.IGNORECASE | re.ASCII


class _Program(NamedTuple):
    """Programs that take a secret behind a short option, and what stands before it there."""

    name: re.Pattern[str]
    option: re.Pattern[str]


def _program(names: str, options: str) -> _Program:
    return _Program(
        re.compile(rf"(?:^|(?<=[\s/\\;|&(\"'\[,├─=-]))(?:{names})(?=[\s\"',]|$)", re.ASCII),
        re.compile(rf"(?<=[\s\"',])(?:{options})(?=[^\s\"',])", re.ASCII),
    )


_GAP: Final = r"[\"']?[,]?[ \t]{0,64}[\"']?"


@cache
def _programs() -> tuple[_Program, ...]:
    """Made when the first line asks for them: most runs have none."""
    return (
        _program(r"mysql\w{0,16}|mariadb(?:-\w{1,16})?|mycli|7z[ar]?|mksecldap|dsmadmc|dsmc", rf"-pa?=?{_GAP}"),
        _program(
            r"sshpass|useradd|usermod|docker|podman|nerdctl|skopeo|buildah|helm|az|oc|ibmcloud|bx|cf", rf"-p{_GAP}"
        ),
        _program(r"mongo\w{0,16}|lftp|ncftp\w{0,8}|ftpput|ftpget|plink|pscp|psftp|x3270|impdb", rf"-pw?{_GAP}"),
        _program(r"ldap\w{2,16}|idsldap\w{2,16}|netscaler|chhmcusr|mkhmcusr", rf"-w{_GAP}|-v{_GAP}"),
        _program(
            r"curl|http|https|aria2c|lwp-request",
            rf"-\w{{0,8}}[uUb]{_GAP}|-a{_GAP}|--(?:proxy-)?user={_GAP}|--(?:proxy-)?user(?=[ \t\"',]){_GAP}"
            r"|(?:-E|--cert)[ \t=]{0,8}[^\s:]{1,200}:",
        ),
        _program(r"lftp", rf"-u{_GAP}|--user={_GAP}"),
        _program(r"snmp\w{2,20}", rf"-[cAXaxkK]{_GAP}"),
        _program(r"redis-cli|valkey-cli|keydb-cli", rf"-a{_GAP}"),
        _program(r"isql|sqlcmd|bcp|tsql|ipmitool|ipmi\w{2,16}|zip|unzip|tdsver|osql|dsadm", rf"-[Pp]{_GAP}"),
        _program(r"smb\w{2,16}|rpcclient|net|winexe|wmic", rf"-U{_GAP}\S{{1,64}}?%"),
        _program(r"openssl|gpg2?", rf"-[kK]{_GAP}"),
        _program(r"htpasswd", rf"-\w{{0,6}}b\w{{0,6}}{_GAP}"),
        _program(r"xfreerdp3?|wfreerdp|rdesktop", r"/p:|-p[ \t]{0,64}"),
    )


_BEGINNINGS: Final = (
    *("mysql", "mariadb", "mycli", "7z", "mksecldap", "dsm", "sshpass", "useradd", "usermod", "docker", "podman"),
    *("nerdctl", "skopeo", "buildah", "ibmcloud", "mongo", "lftp", "ncftp", "ftpput", "ftpget", "plink", "pscp"),
    *("psftp", "x3270", "impdb", "ldap", "idsldap", "netscaler", "chhmcusr", "mkhmcusr", "curl", "http", "aria2c"),
    *("lwp", "snmp", "redis", "valkey", "keydb", "isql", "sqlcmd", "tsql", "ipmi", "unzip", "tdsver", "osql"),
    *("dsadm", "smb", "rpcclient", "winexe", "openssl", "htpasswd", "xfreerdp", "wfreerdp", "rdesktop"),
)
_WHOLE: Final = frozenset(("helm", "az", "oc", "bx", "cf", "net", "wmic", "bcp", "zip", "gpg", "gpg2"))
"""The programs above by the beginnings of their names, or whole: without one of them no pattern has to be made."""
_APART: Final = str.maketrans(dict.fromkeys("/\\;|&(\"'[,├─=-", " "))
_OPTION_MARKS: Final = (" -", "\t-", "'-", '"-', ",-", "/p:")
_RULE: Final = r"^(?:\[\d{1,20}:\d{1,20}\] )?-[AINDPR] "
"""A rule of a packet filter, as `iptables-save` prints it."""

_WORDS: Final = (
    r"\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA)[A-Z0-9]{12,128}"
    r"|\bgh[pousr]_[A-Za-z0-9]{10,255}|\bgithub_pat_\w{10,255}|\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent)-[\w-]{8,255}"
    r"|\bxox[a-z]-[\w-]{6,255}|\bxapp-[\w-]{6,255}|\b[rsp]k_(?:live|test)_\w{8,255}|\bnpm_\w{10,255}"
    r"|\bpypi-[\w-]{16,255}|\bAIza[\w-]{20,255}|\bya29\.[\w-]{10,512}|\bhv[sb]\.[\w-]{10,512}"
    r"|\bSG\.[\w-]{10,128}\.[\w-]{10,128}|\bsk-[\w-]{16,255}|\bhf_\w{16,128}|\bdckr_pat_[\w-]{10,128}"
    r"|\bdop_v1_\w{16,128}|\bAGE-SECRET-KEY-\w{10,128}"
    r"|\beyJ[\w-]{6,4096}\.[\w-]{2,8192}(?:\.[\w-]{0,4096}){0,3}"
    r"|\$(?:[1256789]|2[abxy]|y|gy|sm3|sha1|apr1|md5|argon2\w{1,2}|scrypt|pbkdf2[\w-]{0,16})\$[\w./$=,+-]{6,512}"
    r"|\{(?i:s?sha\d{0,3}|s?md5|smd5|crypt|pbkdf2[\w-]{0,16}|cleartext|plain)\}[\w./+=$-]{4,512}"
    r"|\b(?:BQI|bqi)[A-Za-z0-9+/]{20,4096}={0,2}"
)
_MARKS: Final = (
    *("AKIA", "ASIA", "AGPA", "AIDA", "AROA", "ANPA", "ANVA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    *("glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-", "xox", "xapp-", "k_live_"),
    *("k_test_", "npm_", "pypi-", "AIza", "ya29.", "hvs.", "hvb.", "SG.", "sk-", "hf_", "dckr_pat_", "dop_v1_"),
    *("AGE-SECRET-KEY-", "eyJ", "$", "{", "BQI", "bqi"),
)
"""What `_WORDS` finds has one of these in it."""
_SHADOW: Final = r"^([\w.-]{1,64}:)(?![*!x]{0,2}:)[^:\s]{4,256}(?=:\d{0,6}:\d{0,6}:99999:)"
_URL: Final = r"(?<!\bssh)(?<!\bhmc)://[^/\s]{0,4096}@|://[^/\s@:]{0,512}:[^/\s]{0,4096}@"
"""A name alone that ssh logs in with is no secret; before other hosts it may be a token."""


def redacted_line(text: str, added: re.Pattern[str] | None) -> str:
    """The line without the secrets in it; `added` are the names and beginnings of words that a user named."""
    if "://" in text and "@" in text:
        text = _form(_URL).sub(f"://{REDACTED}@", text)
    text = _form(_WORDS, re.ASCII).sub(REDACTED, text) if any(mark in text for mark in _MARKS) else text
    if ":99999:" in text:
        text = _form(_SHADOW, re.ASCII).sub(rf"\1{REDACTED}", text)
    named = _form(_LINE, _ANY_CASE).search(text) if speaks(text) else None
    given = _given(text)
    ends = [found.end() for found in (named, given, *_options(text)) if found is not None]
    if added is not None:
        text = added.sub(lambda found: f"{found['name'] or ''}{REDACTED}", text)
    if not ends:
        return text
    return f"{text[: min(ends)]}{REDACTED}"


def opens_block(text: str) -> bool:
    """Whether the secret stands on deeper lines below this one."""
    if not text.rstrip().endswith(("=", ":", "|", ">", "+", "-")) or not speaks(text):
        return False
    return _form(_OPEN, _ANY_CASE).search(text[-_NEAR_THE_END:]) is not None


def speaks(text: str) -> bool:
    """Whether a line has a word that tells a secret: most that are looked at have none, and need no long search."""
    low = text.lower()
    for word in _OF_RSCT:
        low = low.replace(word, "")
    if any(word in low for word in _SPOKEN):
        return True
    return "key" in low and any(part.rstrip("_-").endswith(_KEYS) for part in low.split("key")[:-1])


def _given(text: str) -> re.Match[str] | None:
    low = text.lower()
    return _form(_GIVEN, _ANY_CASE).search(text) if any(word in low for word in _GIVEN_TO) else None


@cache
def _form(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Made when the first line asks for it: to make them all costs more than to read the lines of a host."""
    return re.compile(pattern, flags)


def _options(text: str) -> Iterable[re.Match[str] | None]:
    """What stands before the secret that a known program is given."""
    if not any(mark in text for mark in _OPTION_MARKS) or _form(_RULE).match(text) or not _names_a_program(text):
        return ()
    names = ((program, program.name.search(text)) for program in _programs())
    return (program.option.search(text, name.end()) for program, name in names if name is not None)


def _names_a_program(text: str) -> bool:
    words = text.translate(_APART).split()
    return any(word.startswith(_BEGINNINGS) or word in _WHOLE for word in words)
