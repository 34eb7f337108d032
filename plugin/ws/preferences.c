/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "preferences.h"

#include "compat.h"
#include "crypto.h"
#include "messages.h"
#include "signatures.h"

static const char *packet_protocols = "irc";
static mf_pref_bool correlate = TRUE;
static struct mf_packet_protocols chosen; /* packet_protocols, parsed */

/* What the timeline shows, unless its options say otherwise. */
static mf_pref_bool aggregate = TRUE, beacons = TRUE, fold;

static const struct {
    const char *name, *title, *description;
    mf_pref_bool *value;
} switch_rows[] = {
    {"aggregate", "Roll up scans and beacons",
     "Show a scan or a beacon as one row of the timeline.", &aggregate},
    {"beacons", "Roll up beacons",
     "With the above: show contacts of one destination at regular intervals as one row.", &beacons},
    {"correlate", "Find causes", "Say of each session what caused it, as far as that was seen.",
     &correlate},
    {"fold", "Fold ordinary operation",
     "Show what a system does by itself (addresses, names, clock, updates) as one row per host and "
     "purpose, unless something was found in it.",
     &fold},
};

/* What the rules are made from. Wireshark owns the strings once they were set. */
static struct {
    const char *signatures, *home_net, *external_net, *variables, *disabled;
} rules = {"", "", "", "", ""};

static const struct {
    const char *name, *title, *description;
    const char **value;
    bool is_path;
} rule_rows[] = {
    {"signatures", "Rule files and folders (empty: the bundled ones)",
     "Rule files and folders, separated as in PATH, in place of the bundled ones; + stands for the "
     "bundled ones.",
     &rules.signatures, false},
    {"home_net", "$HOME_NET of rules (empty: private addresses)",
     "The networks that rules protect: addresses, networks and ranges, as in rules, "
     "e.g. [192.168.0.0/16,!192.168.9.0/24].",
     &rules.home_net, false},
    {"external_net", "$EXTERNAL_NET of rules (empty: all but $HOME_NET)",
     "The networks that attacks come from, as in rules; often any.", &rules.external_net, false},
    {"rule_variables", "File of further variables of rules",
     "Lines as NAME: VALUE, or the vars section of a suricata.yaml.", &rules.variables, true},
    {"disabled_sids", "Signatures that are switched off",
     "Numbers and ranges of numbers (sid) of rules that are not wanted: 2000001, 2000010-2000019.",
     &rules.disabled, false},
};

/* Numbers are guint for Wireshark, whatever they are for the engine. */
static struct {
    unsigned payload_bytes, spread_scan_hosts, port_scan_ports, scan_window, udp_timeout,
        tcp_timeout, max_sessions, stream_bytes, correlation_window;
} numbers;

static const struct {
    const char *name, *title, *description;
    unsigned *value;
} number_rows[] = {
    {"payload_bytes", "Payload bytes per row",
     "How many bytes of a packet's payload a timeline row shows at most.", &numbers.payload_bytes},
    {"spread_scan_hosts", "Addresses that make a spread scan",
     "Failed attempts to so many distinct addresses on one port are a spread scan.",
     &numbers.spread_scan_hosts},
    {"port_scan_ports", "Ports that make a port scan",
     "Failed attempts to so many distinct ports of one address are a port scan.",
     &numbers.port_scan_ports},
    {"scan_window", "Longest pause within a scan (seconds)",
     "A scan ends when its source made no attempt for so long.", &numbers.scan_window},
    {"udp_timeout", "UDP and ICMP time-out (seconds)",
     "A packet after so long a silence begins a new session.", &numbers.udp_timeout},
    {"tcp_timeout", "TCP time-out after the end (seconds)",
     "A packet so long after FIN or RST begins a new session.", &numbers.tcp_timeout},
    {"max_sessions", "Sessions at most", "Packets of further sessions are counted, not told.",
     &numbers.max_sessions},
    {"stream_bytes", "Bytes inspected per stream direction",
     "Signatures look at no more than the first so many bytes of each direction of a TCP stream.",
     &numbers.stream_bytes},
    {"correlation_window", "Time from cause to effect (seconds)",
     "What a host was told can be the cause of what it does for so long.",
     &numbers.correlation_window},
};

static void
parse_packet_protocols(void)
{
    struct mf_diags *diags = mf_diags_new();

    mf_packet_protocols_clear(&chosen);
    mf_packet_protocols_parse(&chosen, packet_protocols, diags);
    mf_messages_show("malflow: preference malflow.packet_protocols", diags);
    mf_diags_free(diags);
}

static void
raw_settings(struct mf_settings *settings)
{
    *settings = (struct mf_settings){
        .payload_bytes = numbers.payload_bytes,
        .spread_scan_hosts = numbers.spread_scan_hosts,
        .port_scan_ports = numbers.port_scan_ports,
        .scan_window = numbers.scan_window,
        .udp_timeout = numbers.udp_timeout,
        .tcp_timeout = numbers.tcp_timeout,
        .max_sessions = numbers.max_sessions,
        .stream_bytes = numbers.stream_bytes,
        .correlate = correlate,
        .correlation_window = numbers.correlation_window,
        .sha256 = mf_sha256,
    };
}

/* Called when any preference of the module was set. */
static void
preferences_changed(void)
{
    struct mf_diags *diags = mf_diags_new();
    struct mf_settings settings;

    parse_packet_protocols();
    raw_settings(&settings);
    mf_settings_check(&settings, diags);
    mf_messages_show("malflow: preferences", diags);
    mf_diags_free(diags);
    mf_signatures_forget();
}

static void
set_defaults(void)
{
    struct mf_settings settings;

    mf_settings_init(&settings);
    numbers.payload_bytes = settings.payload_bytes;
    numbers.spread_scan_hosts = settings.spread_scan_hosts;
    numbers.port_scan_ports = settings.port_scan_ports;
    numbers.scan_window = settings.scan_window;
    numbers.udp_timeout = settings.udp_timeout;
    numbers.tcp_timeout = settings.tcp_timeout;
    numbers.max_sessions = settings.max_sessions;
    numbers.stream_bytes = (unsigned)settings.stream_bytes;
    numbers.correlation_window = settings.correlation_window;
}

static void
register_path(module_t *module, const char *name, const char *title, const char *description,
              const char **value)
{
    prefs_register_filename_preference(module, name, title, description, value, FALSE);
}

void
mf_preferences_register(int proto)
{
    module_t *module = prefs_register_protocol(proto, preferences_changed);

    set_defaults();
    parse_packet_protocols();
    prefs_register_string_preference(
        module, "packet_protocols", "Protocols shown packet by packet",
        "L7 names, as irc,ftp; or all, or none. Sessions of other protocols are one row each.",
        &packet_protocols);
    for (size_t i = 0; i < G_N_ELEMENTS(switch_rows); i++)
        prefs_register_bool_preference(module, switch_rows[i].name, switch_rows[i].title,
                                       switch_rows[i].description, switch_rows[i].value);
    for (size_t i = 0; i < G_N_ELEMENTS(number_rows); i++)
        prefs_register_uint_preference(module, number_rows[i].name, number_rows[i].title,
                                       number_rows[i].description, 10, number_rows[i].value);
    for (size_t i = 0; i < G_N_ELEMENTS(rule_rows); i++)
        (rule_rows[i].is_path ? register_path : prefs_register_string_preference)(
            module, rule_rows[i].name, rule_rows[i].title, rule_rows[i].description,
            rule_rows[i].value);
}

void
mf_preferences_settings(struct mf_settings *settings)
{
    struct mf_diags *ignored = mf_diags_new(); /* were shown when the preferences were set */

    raw_settings(settings);
    mf_settings_check(settings, ignored);
    mf_diags_free(ignored);
}

const struct mf_packet_protocols *
mf_preferences_packet_protocols(void)
{
    return &chosen;
}

const char *
mf_preferences_signatures(void)
{
    return rules.signatures;
}

void
mf_preferences_rules(struct mf_rule_options *options)
{
    options->home_net = rules.home_net;
    options->external_net = rules.external_net;
    options->variables = rules.variables;
    options->disabled = rules.disabled;
}

/* The zone of this process, which changes as little as its environment. */
static GTimeZone *
local_zone(void)
{
    static GTimeZone *zone;

    if (zone == NULL)
        zone = g_time_zone_new_local();
    return zone;
}

void
mf_preferences_timeline(struct mf_timeline_options *options)
{
    struct mf_settings settings;

    mf_preferences_settings(&settings);
    *options = (struct mf_timeline_options){
        .packets = {.all = chosen.all, .names = g_strdupv(chosen.names)},
        .aggregate = aggregate,
        .beacons = beacons,
        .fold = fold,
        .requests = true,
        .zone = local_zone(),
        .payload_bytes = settings.payload_bytes,
    };
}
