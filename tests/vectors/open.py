"""Opens a MAMORI vault file of format version 1, written from the format page alone.

    python3 open.py FILE            password on the first line of stdin; entries as JSON
    python3 open.py --check FOLDER  opens every *.vault there with each secret of its *.json and
                                    compares; wrong passwords and flipped bits must be refused

It reads only, shares no code with the program, and checks all that the page says a reader checks.
"""
import functools, hashlib, hmac, json, os, stat, sys, unicodedata
from pathlib import Path
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

PASSWORD, KEY_FILE, RECOVERY = 1, 2, 3                      # kinds of slot
SEALED, MANY, CRITICAL = 0x8000, 0x4000, 0x2000             # bits of an attribute's tag
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"                # Crockford base 32

TITLE, USERNAME, SECRET, URL, URL_PLACE = 1, 2, 3 | SEALED, 4 | MANY, 5 | MANY
LABEL, FOLDER, NOTES, OTP = 6 | MANY, 7, 9 | SEALED, 10 | SEALED
FIELD_NAME, FIELD_VALUE, FIELD_SECRET = 11 | MANY, 12 | MANY, 13 | MANY | SEALED
FIELD_PLACE, KIND, STAGED = 14 | MANY, 21, 25 | MANY | SEALED
STAGED_STATE, STAGED_SINCE = 26 | MANY, 28 | MANY


class Refused(Exception):
    """The file does not open; the text says why."""


def need(condition, why):
    if not condition:
        raise Refused(why)


# ---- secrets: each is (kind of slot, password bytes, bytes of the key file's digest) ----

def password(text, key_file=None):
    raw, normal = text.encode(), unicodedata.normalize("NFKC", text).encode()
    need(max(len(raw), len(normal)) <= 1024, "password longer than 1,024 bytes")
    if key_file is None:
        return PASSWORD, normal, b""
    return KEY_FILE, normal, hashlib.sha256(key_file).digest()


def recovery(code):
    letters = code.replace("-", "")
    need(len(letters) == 34 and set(letters) <= set(LETTERS), "not the form of a recovery code")
    bits = "".join(f"{LETTERS.index(c):05b}" for c in letters)
    raw = int(bits[:160], 2).to_bytes(20, "big")
    check = int.from_bytes(hashlib.sha256(b"mamori/1 recovery" + raw).digest()[:2], "big") >> 6
    need(int(bits[160:], 2) == check, "mistyped recovery code")
    return RECOVERY, raw, b""


# ---- the file ----

def hkdf(key, salt, info, length):
    return HKDF(SHA256(), length, salt, info).derive(key)


@functools.lru_cache(maxsize=None)
def argon2id(secret, salt, m, t, p):
    return hash_secret_raw(secret, salt, t, m, p, 32, Type.ID, 0x13)


def number(data, at, size):
    return int.from_bytes(data[at:at + size], "little")


def slots_of(head, count):
    """The slots as (kind, bytes), and the bounds of their costs."""
    slots, at, work = [], 84, 0
    for _ in range(count):
        need(at + 4 <= len(head), "damaged: a slot begins outside the header")
        kind, size = head[at], number(head, at + 2, 2)
        need(kind > 0 and head[at + 1] == 0, "damaged: the first bytes of a slot")
        need(size == 116 if kind <= RECOVERY else size >= 4, "damaged: length of a slot")
        need(at + size <= len(head), "damaged: a slot ends outside the header")
        slots.append((kind, head[at:at + size]))
        at += size
    need(at == len(head), "damaged: the slots do not end where the header ends")
    for kind, slot in slots:
        if kind <= RECOVERY:
            m, t, p = (number(slot, i, 4) for i in (12, 16, 20))
            need(8 << 10 <= m <= 1 << 20, "damaged or hostile: memory of a slot out of bounds")
            need(1 <= t <= 64, "damaged or hostile: passes of a slot out of bounds")
            need(1 <= p <= 16, "damaged or hostile: lanes of a slot out of bounds")
            need(m * t <= 4 << 20, "damaged or hostile: a slot asks for too much work")
            work += m * t
    need(work <= 16 << 20, "damaged or hostile: the slots together ask for too much work")
    return slots


def unwrap(secret, slots, vault_id, head):
    """Every data key that the secret gets out of a slot of its kind."""
    kind_wanted, word, file_digest = secret
    for kind, slot in slots:
        if kind != kind_wanted:
            continue
        a = argon2id(word, slot[24:56], *(number(slot, i, 4) for i in (12, 16, 20)))
        info = b"mamori/1 slot" + vault_id + bytes([kind]) + slot[4:12]
        key = hkdf(a + file_digest, slot[24:56], info, 32)
        try:
            yield AESGCM(key).decrypt(slot[56:68], slot[68:], head[:8] + vault_id + slot[:56])
        except InvalidTag:
            pass


def decrypt(data, secret):
    """The bytes of a file and a secret -> vault id, data key, payload bytes."""
    need(data[:6] == b"MAMORI", "not a vault file")
    need(len(data) >= 12, "damaged: cut off")
    version, end = number(data, 6, 2), 12 + number(data, 8, 4)
    sound = (72 <= end - 12 <= 8192 and len(data) >= end + 64
             and hashlib.sha256(data[:end + 32]).digest() == data[end + 32:end + 64])
    need(version <= 1, "made by a newer program" + ("" if sound else ", or damaged"))
    need(version == 1, "damaged: version zero")
    need(72 <= end - 12 <= 8192, "damaged: length of the header")
    need(sound, "damaged: digest of the header")
    head, mac, vault_id = data[:end], data[end:end + 32], data[16:32]
    content, suite, count, zero = head[12:16]
    body_length = number(head, 76, 8)
    need(1 <= content <= 4, "damaged: unknown content")
    need(suite == 1, "damaged: unknown suite")
    need(count == 0 if content == 4 else 1 <= count <= 8, "damaged: number of slots")
    need(zero == 0, "damaged: byte 15 is not zero")
    need(number(head, 40, 4) >= 1, "damaged: key epoch zero")
    need(16 < body_length <= 1 << 30, "damaged: length of the body")
    need(len(data) == end + 64 + body_length, "damaged: the file is not as long as it says")
    slots = slots_of(head, count)
    need(content != 4, "a draft opens only with the data key of its vault")
    for key in unwrap(secret, slots, vault_id, head):
        header_key = hkdf(key, vault_id, b"mamori/1 header", 32)
        if hmac.compare_digest(hmac.digest(header_key, head, "sha256"), mac):
            break
    else:
        raise Refused("wrong password")
    keys = hkdf(key, head[44:76], b"mamori/1 body", 44)
    try:
        padded = AESGCM(keys[:32]).decrypt(keys[32:], data[end + 64:], mac)
    except InvalidTag:
        raise Refused("damaged: tag of the body") from None
    need(len(padded) >= 8, "damaged: the payload is cut off")
    size = 8 + number(padded, 0, 8)
    least = max(size, 65536)
    step = max(4096, 1 << (least.bit_length() - 1 - 4))
    need(len(padded) == -(-least // step) * step, "damaged: length of the padding")
    need(not any(padded[size:]), "damaged: the padding is not zero")
    return vault_id, key, padded[8:size]


# ---- the payload ----

class Reader:
    """What bincode 2 (standard configuration) needs here."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        need(size <= len(self.data) - self.at, "damaged: the encoding is cut off")
        self.at += size
        return self.data[self.at - size:self.at]

    def uint(self, size):
        first = self.take(1)[0]
        if first <= 250:
            return first
        width = {251: 2, 252: 4, 253: 8}.get(first, 99)
        need(width <= size, "damaged: a number of the wrong size")
        return int.from_bytes(self.take(width), "little")

    def string(self):
        return self.take(self.uint(8))

    def items(self, element):
        return [element() for _ in range(self.uint(8))]     # each element takes a byte at least

    def pairs(self, element, what):
        pairs = self.items(element)
        need(len(dict(pairs)) == len(pairs), f"damaged: duplicate {what}")
        return dict(pairs)

    def end(self):
        need(self.at == len(self.data), "damaged: bytes left over")

    def section(self):
        return self.uint(2), self.string()

    def stamp(self):
        return self.uint(8), self.uint(8), self.uint(2)

    def retired_key(self):
        return self.uint(4), self.take(32), self.uint(8)

    def record(self):
        ident, kind, stamps = self.take(16), self.uint(2), self.items(self.stamp)
        return ident, (kind, self.pairs(lambda: self.attr(len(stamps)), "attributes"))

    def attr(self, stamps):
        """One attribute: its tag and element, its values with the current one first."""
        tag, element = self.uint(2), self.string()
        need(len(element) == (16 if tag & MANY else 0), "damaged: element id of an attribute")
        versions = self.items(lambda: (self.uint(2), self.string()))
        need(all(i < stamps for i, _ in versions), "damaged: a version without a stamp")
        need(len(self.items(self.stamp)) <= 1, "damaged: more than one floor")
        return (tag, element), [value for _, value in versions]


def unseal(value, ident, vault_id, values_key):
    need(len(value) >= 32, "damaged: a sealed value is cut off")
    key = HKDFExpand(SHA256(), 32, b"mamori/1 value" + value[:16]).derive(values_key)
    bound = b"mamori/1 value" + vault_id + ident + value[:16]
    try:
        return AESGCM(key).decrypt(bytes(12), value[16:], bound)
    except InvalidTag:
        raise Refused("damaged: tag of a sealed value") from None


def show(ident, kind, attrs):
    """What a person wants of an entry. In attrs the sealed values are open, absent ones None."""
    def text(value):
        try:
            return None if value is None else value.decode()
        except UnicodeDecodeError:
            raise Refused("damaged: text that is not UTF-8") from None

    def get(tag, element=b""):
        return text((attrs.get((tag, element)) or [None])[0])

    def num(tag, element=b"", default=0):
        value = (attrs.get((tag, element)) or [None])[0]
        need(value is None or len(value) == 8, "damaged: a number that has not 8 bytes")
        return default if value is None else number(value, 0, 8)

    def elements(place, *tags):
        """The elements present under one of the tags, in the order of their places, then ids."""
        found = {e for (tag, e), values in attrs.items()
                 if tag in tags and values and values[0] is not None}
        return sorted(found, key=lambda e: (num(place, e), e))

    def field(e):
        secret = get(FIELD_SECRET, e)
        value = {"value": get(FIELD_VALUE, e) or ""} if secret is None else {"secret": secret}
        return {"name": get(FIELD_NAME, e) or "", **value}

    def is_open(e):                                         # the greatest state wins
        return max((v or b"" for v in attrs.get((STAGED_STATE, e), [])), default=b"") == b"\1"

    return {
        "id": ident.hex(), "kind": num(KIND, default=kind),
        "title": get(TITLE) or "", "username": get(USERNAME) or "", "password": get(SECRET),
        "old_passwords": [text(v) for v in attrs.get((SECRET, b""), [])[1:] if v is not None],
        "notes": get(NOTES), "otp": get(OTP), "folder": get(FOLDER) or "",
        "fields": [field(e) for e in elements(FIELD_PLACE, FIELD_NAME, FIELD_VALUE, FIELD_SECRET)],
        "urls": [get(URL, e) for e in elements(URL_PLACE, URL)],
        "tags": sorted(get(LABEL, e) for e in elements(0, LABEL)),
        "staged": [get(STAGED, e) for e in elements(STAGED_SINCE, STAGED) if is_open(e)],
    }


def open_vault(data, secret):
    """The entries of a file, by id. Sealed values of all records are opened, shown or not."""
    vault_id, key, payload = decrypt(data, secret)
    reader = Reader(payload)
    _schema, min_reader, min_writer = (reader.uint(2) for _ in range(3))
    need(min_reader <= 1, "needs a newer program to read it")
    sections = reader.pairs(reader.section, "sections")
    reader.end()
    values_key = hkdf(key, vault_id, b"mamori/1 values", 32)
    entries, read_only = [], min_writer > 1
    for section, content in sections.items():
        part = Reader(content)
        if section & 0x8000:
            continue                                        # not records: just bytes
        if section in (3, 4):
            part.items(part.stamp if section == 3 else part.retired_key)
            part.end()
            continue
        records = part.pairs(part.record, "records")
        part.end()
        for ident, (kind, attrs) in records.items():
            for (tag, _), values in attrs.items():
                values[:] = [None if not v else unseal(v, ident, vault_id, values_key)
                             if tag & SEALED else v for v in values]
                read_only |= bool(tag & CRITICAL)           # TAGS.txt knows no critical one
            if section == 1 and any(v is not None for values in attrs.values() for v in values):
                entries.append(show(ident, kind, attrs))    # the others are tombstones
    if read_only:
        print("note: a program of this version may read this file, not write it", file=sys.stderr)
    return sorted(entries, key=lambda e: e["id"])


def load(path):
    info = os.stat(path)
    need(stat.S_ISREG(info.st_mode), "not a regular file")
    need(info.st_size <= (1 << 30) + (16 << 10), "too big for a vault file")
    return Path(path).read_bytes()


# ---- the check ----

def refusal(data, secret):
    try:
        open_vault(data, secret)
    except Refused as why:
        return str(why)
    return None


def check_opens(name, data, expected, secrets):
    want = sorted(expected["entries"], key=lambda e: e["id"])
    for n, secret in enumerate(secrets):
        try:
            got = open_vault(data, secret)
        except Refused as why:
            yield f"secret {n} of kind {secret[0]}: {why}"
            continue
        print(f"{name}: secret {n} of kind {secret[0]} opens {len(got)} entries")
        if n == 0:
            print(json.dumps(got, ensure_ascii=False, indent=1))
        ids, want_ids = [e["id"] for e in got], [e["id"] for e in want]
        if ids != want_ids:
            yield f"ids {ids}, expected {want_ids}"
            continue
        for g, w in zip(got, want):
            for part in sorted(g.keys() | w.keys()):
                if g.get(part) != w.get(part):
                    yield f"{g['id']}: {part}: {g.get(part)!r}, expected {w.get(part)!r}"
    for word in expected["secrets"].get("wrong", []) + ["made up by a stranger"]:
        why = refusal(data, password(word))
        if why != "wrong password":
            yield f"{word!r}: {why or 'OPENS'}, expected: wrong password"


def check_flips(data, secret):
    """About 200 single bits. One of the header also with its digest made right again."""
    end = 12 + number(data, 8, 4)
    header, body = range(0, end + 64, 4), range(end + 64, len(data), len(data) // 80)
    for n, at in enumerate([*header, *body, len(data) - 1]):
        bad = bytearray(data)
        bad[at] ^= 1 << n % 8
        tries = [bytes(bad)]
        if at < end + 32:
            digest = hashlib.sha256(bad[:end + 32]).digest()
            tries.append(bytes(bad[:end + 32]) + digest + data[end + 64:])
        if any(refusal(bad, secret) is None for bad in tries):
            yield f"opens with bit {n % 8} of byte {at} flipped"


def check(folder):
    paths = sorted(Path(folder).glob("*.vault"))
    wrongs = [] if paths else ["no *.vault there"]
    for path in paths:
        data, expected = load(path), json.loads(path.with_suffix(".json").read_text("utf-8"))
        given = expected["secrets"]
        secrets = [password(word) for word in given.get("passwords", [])]
        secrets += [password(k["password"], bytes.fromhex(k["key_file_hex"]))
                    for k in given.get("key_files", [])]
        secrets += [recovery(code) for code in given.get("recovery", [])]
        found = list(check_opens(path.name, data, expected, secrets))
        if not secrets:
            found.append("no secret to try")
        elif path == paths[0]:
            found += check_flips(data, secrets[0])
        wrongs += [f"{path.name}: {wrong}" for wrong in found]
    for wrong in wrongs:
        print("MISMATCH", wrong, file=sys.stderr)
    print(f"{len(paths)} files, {len(wrongs)} mismatches")
    return 1 if wrongs else 0


def main(arguments):
    try:
        if len(arguments) == 2 and arguments[0] == "--check":
            return check(arguments[1])
        if len(arguments) != 1 or arguments[0].startswith("-"):
            print(__doc__, file=sys.stderr)
            return 2
        word = sys.stdin.buffer.readline().decode().removesuffix("\n")
        print(json.dumps(open_vault(load(arguments[0]), password(word)),
                         ensure_ascii=False, indent=1))
        return 0
    except (Refused, OSError, UnicodeDecodeError, HashingError) as why:
        print(f"open.py: {why}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
