# SPDX-License-Identifier: GPL-2.0-or-later
"""What STIX 2.1 (OASIS, 10 June 2021, sections 2, 3, 4.7 and 9) and MISP's core format (the Internet
draft draft-dulaunoy-misp-core-format) ask of what is written here, read from their texts: there is
no library for either among Debian's or npm's packages."""
import ipaddress
import re
import uuid

TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
TYPES = {
    "anomalous-activity",
    "anonymization",
    "benign",
    "compromised",
    "malicious-activity",
    "attribution",
    "unknown",
}
# A pattern of one comparison: [object:path = 'text'], with \' and \\ as the only escapes.
STEP = r"(?:\.(?:[A-Za-z0-9_-]+|'[^']+'))*"
PATTERN = re.compile(
    r"^\[(?P<object>[a-z0-9-]+):(?P<path>[a-z_]+%s) = '(?P<value>(?:[^'\\]|\\['\\])*)'\]$" % STEP
)
PATHS = {
    "domain-name:value",
    "ipv4-addr:value",
    "ipv6-addr:value",
    "url:value",
    "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
    "x509-certificate:hashes.'SHA-1'",
    "file:hashes.'SHA-256'",
    "file:hashes.MD5",
    "email-message:subject",
}
COMMON = {"type", "spec_version", "id", "created", "modified", "created_by_ref", "labels", "name"}
ALLOWED = {
    "identity": COMMON | {"identity_class"},
    "indicator": COMMON
    | {
        "description",
        "indicator_types",
        "pattern",
        "pattern_type",
        "pattern_version",
        "valid_from",
    },
}
REQUIRED = {
    "identity": {"type", "spec_version", "id", "created", "modified", "name"},
    "indicator": {"type", "spec_version", "id", "created", "modified", "pattern", "pattern_type"}
    | {"valid_from"},
}


def _check_id(test, identifier, kind):
    name, _, number = identifier.partition("--")
    test.assertEqual(name, kind)
    test.assertEqual(str(uuid.UUID(number)), number)
    test.assertEqual(uuid.UUID(number).version, 5)


def _check_pattern(test, pattern):
    found = PATTERN.match(pattern)
    test.assertTrue(found, pattern)
    path = "%s:%s" % (found["object"], found["path"])
    test.assertIn(path, PATHS)
    if found["object"].startswith("ipv"):
        test.assertEqual(ipaddress.ip_address(found["value"]).version, int(found["object"][3]))


def _check_object(test, thing):
    kind = thing["type"]
    test.assertIn(kind, ALLOWED)
    test.assertLessEqual(set(thing), ALLOWED[kind])
    test.assertLessEqual(REQUIRED[kind], set(thing))
    test.assertEqual(thing["spec_version"], "2.1")
    _check_id(test, thing["id"], kind)
    for key in ("created", "modified", "valid_from"):
        if key in thing:
            test.assertRegex(thing[key], TIME)
    for key in ("labels", "indicator_types"):  # an empty list is not allowed
        test.assertTrue(thing.get(key, ["one"]))
    test.assertLessEqual(set(thing.get("indicator_types", [])), TYPES)


def check(test, bundle):
    """A bundle holds objects, each once; references lead to some of them."""
    test.assertLessEqual({"type", "id", "objects"}, set(bundle))
    test.assertEqual(bundle["type"], "bundle")
    _check_id(test, bundle["id"], "bundle")
    ids = [thing["id"] for thing in bundle["objects"]]
    test.assertEqual(len(ids), len(set(ids)))
    for thing in bundle["objects"]:
        _check_object(test, thing)
        if thing["type"] == "indicator":
            test.assertIn(thing["created_by_ref"], ids)
            if thing["pattern_type"] == "stix":
                _check_pattern(test, thing["pattern"])
            else:
                test.assertEqual(thing["pattern_type"], "suricata")
                test.assertTrue(thing["pattern"].startswith("alert tls "))


# Types that may stand in a category: the table of section 2.4.2 of the draft.
CATEGORIES = {
    "Network activity": {"domain", "ip-src", "ip-dst", "url", "user-agent", "ja3-fingerprint-md5"}
    | {"other", "x509-fingerprint-sha1"},
    "Payload delivery": {"sha256", "md5", "email-subject"},
}
EVENT = {
    "uuid": str,
    "info": str,
    "date": str,
    "threat_level_id": str,
    "analysis": str,
    "distribution": str,
    "published": bool,
    "timestamp": str,
    "Attribute": list,
}
ATTRIBUTE = {
    "uuid": str,
    "type": str,
    "category": str,
    "value": str,
    "to_ids": bool,
    "comment": str,
    "first_seen": str,
    "timestamp": str,
    "distribution": str,
    "disable_correlation": bool,
}


def _check_members(test, thing, members):
    test.assertEqual({key: type(value) for key, value in thing.items()}, members)
    test.assertEqual(str(uuid.UUID(thing["uuid"])), thing["uuid"])
    test.assertTrue(thing["timestamp"].lstrip("-").isdigit())


def check_misp(test, whole):
    test.assertEqual(list(whole), ["Event"])
    event = whole["Event"]
    _check_members(test, event, EVENT)
    test.assertRegex(event["date"], r"^\d{4}-\d\d-\d\d$")
    test.assertIn(event["threat_level_id"], "1234")
    for attribute in event["Attribute"]:
        _check_members(test, attribute, ATTRIBUTE)
        test.assertIn(attribute["type"], CATEGORIES[attribute["category"]])
        test.assertRegex(attribute["first_seen"], TIME)
    numbers = [a["uuid"] for a in event["Attribute"]]
    test.assertEqual(len(numbers), len(set(numbers)))
