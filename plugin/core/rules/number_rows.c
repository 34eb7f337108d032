/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of kw_number.c. Names of values are those of the protocol's own standard, in the
 * spelling of Suricata's rules; case does not matter.
 */
#include "number_rows.h"

/* --- names --- */

static const struct mf_number_name dns_rcodes[] = {
    {"noerror", 0},  {"formerr", 1},  {"servfail", 2}, {"nxdomain", 3},  {"notimp", 4},
    {"refused", 5},  {"yxdomain", 6}, {"yxrrset", 7},  {"nxrrset", 8},   {"notauth", 9},
    {"notzone", 10}, {"badvers", 16}, {"badsig", 16},  {"badkey", 17},   {"badtime", 18},
    {"badmode", 19}, {"badname", 20}, {"badalg", 21},  {"badtrunc", 22}, {NULL, 0},
};

static const struct mf_number_name dns_types[] = {
    {"a", 1},       {"ns", 2},        {"md", 3},          {"mf", 4},          {"cname", 5},
    {"soa", 6},     {"mb", 7},        {"mg", 8},          {"mr", 9},          {"null", 10},
    {"wks", 11},    {"ptr", 12},      {"hinfo", 13},      {"minfo", 14},      {"mx", 15},
    {"txt", 16},    {"rp", 17},       {"afsdb", 18},      {"x25", 19},        {"isdn", 20},
    {"rt", 21},     {"nsap", 22},     {"nsapptr", 23},    {"sig", 24},        {"key", 25},
    {"px", 26},     {"gpos", 27},     {"aaaa", 28},       {"loc", 29},        {"nxt", 30},
    {"srv", 33},    {"atma", 34},     {"naptr", 35},      {"kx", 36},         {"cert", 37},
    {"a6", 38},     {"dname", 39},    {"opt", 41},        {"apl", 42},        {"ds", 43},
    {"sshfp", 44},  {"ipseckey", 45}, {"rrsig", 46},      {"nsec", 47},       {"dnskey", 48},
    {"dhcid", 49},  {"nsec3", 50},    {"nsec3param", 51}, {"tlsa", 52},       {"smimea", 53},
    {"hip", 55},    {"cds", 59},      {"cdnskey", 60},    {"openpgpkey", 61}, {"csync", 62},
    {"zonemd", 63}, {"svcb", 64},     {"https", 65},      {"spf", 99},        {"tkey", 249},
    {"tsig", 250},  {"ixfr", 251},    {"axfr", 252},      {"mailb", 253},     {"maila", 254},
    {"any", 255},   {"uri", 256},     {"caa", 257},       {NULL, 0},
};

static const struct mf_number_name krb5_types[] = {
    {"as_req", 10}, {"as_rep", 11}, {"tgs_req", 12},   {"tgs_rep", 13},
    {"ap_req", 14}, {"ap_rep", 15}, {"safe", 20},      {"priv", 21},
    {"cred", 22},   {"error", 30},  {"krb_error", 30}, {NULL, 0},
};

static const struct mf_number_name snmp_types[] = {
    {"get_request", 0},    {"get_next_request", 1},
    {"response", 2},       {"set_request", 3},
    {"trap_v1", 4},        {"get_bulk_request", 5},
    {"inform_request", 6}, {"trap_v2", 7},
    {"report", 8},         {NULL, 0},
};

static const struct mf_number_name http2_types[] = {
    {"data", 0},         {"headers", 1},  {"priority", 2},      {"rst_stream", 3},
    {"rststream", 3},    {"settings", 4}, {"push_promise", 5},  {"pushpromise", 5},
    {"ping", 6},         {"goaway", 7},   {"window_update", 8}, {"windowupdate", 8},
    {"continuation", 9}, {NULL, 0},
};

static const struct mf_number_name http2_errors[] = {
    {"no_error", 0},
    {"protocol_error", 1},
    {"internal_error", 2},
    {"flow_control_error", 3},
    {"settings_timeout", 4},
    {"stream_closed", 5},
    {"frame_size_error", 6},
    {"refused_stream", 7},
    {"cancel", 8},
    {"compression_error", 9},
    {"connect_error", 10},
    {"enhance_your_calm", 11},
    {"inadequate_security", 12},
    {"http_1_1_required", 13},
    {"http11_required", 13},
    {NULL, 0},
};

static const struct mf_number_name mqtt_types[] = {
    {"unassigned", 0},   {"connect", 1},   {"connack", 2},  {"publish", 3},   {"puback", 4},
    {"pubrec", 5},       {"pubrel", 6},    {"pubcomp", 7},  {"subscribe", 8}, {"suback", 9},
    {"unsubscribe", 10}, {"unsuback", 11}, {"pingreq", 12}, {"pingresp", 13}, {"disconnect", 14},
    {"auth", 15},        {NULL, 0},
};

static const struct mf_number_name mqtt_flags[] = {{"dup", 8}, {"retain", 1}, {NULL, 0}};

static const struct mf_number_name mqtt_connect_flags[] = {
    {"username", 0x80}, {"password", 0x40},      {"will_retain", 0x20},
    {"will", 0x04},     {"clean_session", 0x02}, {NULL, 0},
};

static const struct mf_number_name booleans[] = {{"yes", 1},   {"true", 1}, {"on", 1}, {"no", 0},
                                                 {"false", 0}, {"off", 0},  {NULL, 0}};

static const struct mf_number_name rfb_results[] = {
    {"ok", 0}, {"fail", 1}, {"toomany", 2}, {"unknown", 3}, {NULL, 0}};

static const struct mf_number_name websocket_opcodes[] = {
    {"continuation", 0},    {"text", 1}, {"binary", 2}, {"connection_close", 8},
    {"connectionclose", 8}, {"ping", 9}, {"pong", 10},  {NULL, 0},
};

static const struct mf_number_name websocket_flags[] = {{"fin", 0x80}, {NULL, 0}};

static const struct mf_number_name enip_commands[] = {
    {"nop", 0},
    {"list_services", 4},
    {"list_identity", 99},
    {"list_interfaces", 100},
    {"register_session", 101},
    {"unregister_session", 102},
    {"send_rr_data", 111},
    {"send_unit_data", 112},
    {"indicate_status", 114},
    {"cancel", 115},
    {NULL, 0},
};

static const struct mf_number_name enip_statuses[] = {
    {"success", 0},
    {"invalid_cmd", 1},
    {"no_resources", 2},
    {"incorrect_data", 3},
    {"invalid_session", 100},
    {"invalid_length", 101},
    {"unsupported_prot_rev", 105},
    {"encap_header_error", 106},
    {NULL, 0},
};

/* IEEE 1815, application function codes. */
static const struct mf_number_name dnp3_functions[] = {
    {"confirm", 0},
    {"read", 1},
    {"write", 2},
    {"select", 3},
    {"operate", 4},
    {"direct_operate", 5},
    {"direct_operate_nr", 6},
    {"immed_freeze", 7},
    {"immed_freeze_nr", 8},
    {"freeze_clear", 9},
    {"freeze_clear_nr", 10},
    {"freeze_at_time", 11},
    {"freeze_at_time_nr", 12},
    {"cold_restart", 13},
    {"warm_restart", 14},
    {"initialize_data", 15},
    {"initialize_appl", 16},
    {"start_appl", 17},
    {"stop_appl", 18},
    {"save_config", 19},
    {"enable_unsolicited", 20},
    {"disable_unsolicited", 21},
    {"assign_class", 22},
    {"delay_measure", 23},
    {"record_current_time", 24},
    {"open_file", 25},
    {"close_file", 26},
    {"delete_file", 27},
    {"get_file_info", 28},
    {"authenticate_file", 29},
    {"abort_file", 30},
    {"activate_config", 31},
    {"authenticate_req", 32},
    {"authenticate_err", 33},
    {"response", 129},
    {"unsolicited_response", 130},
    {"authenticate_resp", 131},
    {NULL, 0},
};

/* RFC 9260, 3.2, and the later ones of IANA's list. */
static const struct mf_number_name sctp_chunks[] = {
    {"data", 0},
    {"init", 1},
    {"init_ack", 2},
    {"sack", 3},
    {"heartbeat", 4},
    {"heartbeat_ack", 5},
    {"abort", 6},
    {"shutdown", 7},
    {"shutdown_ack", 8},
    {"error", 9},
    {"cookie_echo", 10},
    {"cookie_ack", 11},
    {"ecne", 12},
    {"cwr", 13},
    {"shutdown_complete", 14},
    {"auth", 15},
    {"i_data", 64},
    {"asconf_ack", 128},
    {"re_config", 130},
    {"pad", 132},
    {"forward_tsn", 192},
    {"asconf", 193},
    {"i_forward_tsn", 194},
    {NULL, 0},
};

static const struct mf_number_name ldap_operations[] = {
    {"bind_request", 0},
    {"bind_response", 1},
    {"unbind_request", 2},
    {"search_request", 3},
    {"search_result_entry", 4},
    {"search_result_done", 5},
    {"modify_request", 6},
    {"modify_response", 7},
    {"add_request", 8},
    {"add_response", 9},
    {"del_request", 10},
    {"del_response", 11},
    {"mod_dn_request", 12},
    {"mod_dn_response", 13},
    {"compare_request", 14},
    {"compare_response", 15},
    {"abandon_request", 16},
    {"search_result_reference", 19},
    {"extended_request", 23},
    {"extended_response", 24},
    {"intermediate_response", 25},
    {NULL, 0},
};

static const struct mf_number_name ldap_results[] = {
    {"success", 0},
    {"operations_error", 1},
    {"protocol_error", 2},
    {"time_limit_exceeded", 3},
    {"size_limit_exceeded", 4},
    {"compare_false", 5},
    {"compare_true", 6},
    {"auth_method_not_supported", 7},
    {"stronger_auth_required", 8},
    {"referral", 10},
    {"admin_limit_exceeded", 11},
    {"unavailable_critical_extension", 12},
    {"confidentiality_required", 13},
    {"sasl_bind_in_progress", 14},
    {"no_such_attribute", 16},
    {"undefined_attribute_type", 17},
    {"inappropriate_matching", 18},
    {"constraint_violation", 19},
    {"attribute_or_value_exists", 20},
    {"invalid_attribute_syntax", 21},
    {"no_such_object", 32},
    {"alias_problem", 33},
    {"invalid_dns_syntax", 34},
    {"is_leaf", 35},
    {"alias_dereferencing_problem", 36},
    {"inappropriate_authentication", 48},
    {"invalid_credentials", 49},
    {"insufficient_access_rights", 50},
    {"busy", 51},
    {"unavailable", 52},
    {"unwilling_to_perform", 53},
    {"loop_detect", 54},
    {"naming_violation", 64},
    {"object_class_violation", 65},
    {"not_allowed_on_non_leaf", 66},
    {"not_allowed_on_rdn", 67},
    {"entry_already_exists", 68},
    {"object_class_mods_prohibited", 69},
    {"results_too_large", 70},
    {"affects_multiple_dsas", 71},
    {"other", 80},
    {NULL, 0},
};

/* --- numbers that are not just those of one buffer --- */

/* Types of the records that answer, or that are asked for. */
static unsigned
dns_types_of(const struct mf_message *message, const struct mf_number_row *row,
             uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n;

    if (mf_message_number(message, MF_BUF_DNS_IS_RESPONSE, 0) == 0)
        return mf_numbers_of_buffer(message, row->id, values);
    n = mf_numbers_of_buffer(message, MF_BUF_DNS_ANSWER_TYPE, values);
    return (unsigned)MIN(n, mf_message_number(message, MF_BUF_DNS_ANSWERS, n));
}

static unsigned
smb_version_of(const struct mf_message *message, const struct mf_number_row *row,
               uint64_t values[MF_NUMBERS_MAX])
{
    (void)row;
    values[0] = message->layer == MF_BUF_SMB2 ? 2 : 1;
    return 1;
}

static unsigned
rfb_result_of(const struct mf_message *message, const struct mf_number_row *row,
              uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n = mf_numbers_of_buffer(message, row->id, values);

    for (unsigned i = 0; i < n; i++)
        values[i] = values[i] != 0 ? 0 : 1;
    return n;
}

static unsigned
websocket_flags_of(const struct mf_message *message, const struct mf_number_row *row,
                   uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n = mf_numbers_of_buffer(message, row->id, values);

    for (unsigned i = 0; i < n; i++)
        values[i] = values[i] != 0 ? 0x80 : 0;
    return n;
}

/* A bit per operation that a client sends (RFC 4511). */
#define LDAP_REQUESTS                                                                              \
    (1u << 0 | 1u << 2 | 1u << 3 | 1u << 6 | 1u << 8 | 1u << 10 | 1u << 12 | 1u << 14 | 1u << 16 | \
     1u << 23)

static unsigned
ldap_operations_of(const struct mf_message *message, bool requests, uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n = mf_numbers_of_buffer(message, MF_BUF_LDAP_OPERATION, values), kept = 0;

    for (unsigned i = 0; i < n; i++)
        if (values[i] < 32 && (LDAP_REQUESTS >> values[i] & 1) == requests)
            values[kept++] = values[i];
    return kept;
}

static unsigned
ldap_requests_of(const struct mf_message *message, const struct mf_number_row *row,
                 uint64_t values[MF_NUMBERS_MAX])
{
    (void)row;
    return ldap_operations_of(message, true, values);
}

static unsigned
ldap_responses_of(const struct mf_message *message, const struct mf_number_row *row,
                  uint64_t values[MF_NUMBERS_MAX])
{
    (void)row;
    return ldap_operations_of(message, false, values);
}

/* Sizes of the files that are there as a whole. */
static unsigned
file_sizes_of(const struct mf_message *message, const struct mf_number_row *row,
              uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n = 0;

    for (unsigned i = 0; i < message->n_buffers && n < MF_NUMBERS_MAX; i++)
        if (message->buffers[i].id == row->id)
            values[n++] = message->buffers[i].length;
    return n;
}

/* How many buffers of the row there are. */
static unsigned
count_of(const struct mf_message *message, const struct mf_number_row *row,
         uint64_t values[MF_NUMBERS_MAX])
{
    values[0] = mf_numbers_of_buffer(message, row->id, values);
    return 1;
}

/* The same, of packets that have any. */
static unsigned
count_of_some(const struct mf_message *message, const struct mf_number_row *row,
              uint64_t values[MF_NUMBERS_MAX])
{
    unsigned n = mf_numbers_of_buffer(message, row->id, values);

    values[0] = n;
    return n > 0;
}

/* --- the table --- */

#define KEYWORD(name)                                                                              \
    {                                                                                              \
        name, MF_VALUE_REQUIRED, mf_number_keyword_parse                                           \
    }
#define NUMBER(name, id, largest)                                                                  \
    {                                                                                              \
        KEYWORD(name), MF_BUF_##id, {.max = (largest)}, .names_only = 0                            \
    }
#define NUMBERS(name, id, largest)                                                                 \
    {                                                                                              \
        KEYWORD(name), MF_BUF_##id, {.max = (largest)}, .multi = true                              \
    }
#define NAMED(name, id, largest, table)                                                            \
    {                                                                                              \
        KEYWORD(name), MF_BUF_##id, {.max = (largest), .names = (table)}, .multi = true            \
    }
#define BITS(name, id, largest, table)                                                             \
    {                                                                                              \
        KEYWORD(name), MF_BUF_##id, {.max = (largest), .names = (table), .bits = true},            \
            .multi = false                                                                         \
    }

const struct mf_number_row mf_number_rows[] = {
    NUMBER("dhcp.leasetime", DHCP_LEASE_TIME, UINT64_MAX),
    NUMBER("dhcp.rebinding_time", DHCP_REBINDING_TIME, UINT64_MAX),
    NUMBER("dhcp.renewal_time", DHCP_RENEWAL_TIME, UINT64_MAX),
    NUMBER("dns.opcode", DNS_OPCODE, UINT8_MAX),
    NAMED("dns.rcode", DNS_RCODE, UINT16_MAX, dns_rcodes),
    NAMED("dnp3_func", DNP3_FUNCTION, UINT8_MAX, dnp3_functions),
    {KEYWORD("dns.rrtype"),
     MF_BUF_DNS_QUERY_TYPE,
     {.max = UINT16_MAX, .names = dns_types},
     .multi = true,
     .numbers = dns_types_of,
     .also = MF_BUF_DNS_ANSWER_TYPE},
    NUMBERS("enip.cip_attribute", CIP_ATTRIBUTE, UINT32_MAX),
    NUMBERS("enip.cip_class", CIP_CLASS, UINT32_MAX),
    NUMBERS("enip.cip_extendedstatus", CIP_EXTENDED_STATUS, UINT16_MAX),
    NUMBERS("enip.cip_instance", CIP_INSTANCE, UINT32_MAX),
    NUMBERS("enip.cip_status", CIP_STATUS, UINT8_MAX),
    NUMBER("enip.device_type", ENIP_DEVICE_TYPE, UINT16_MAX),
    NUMBER("enip.identity_status", ENIP_IDENTITY_STATUS, UINT16_MAX),
    NUMBER("enip.product_code", ENIP_PRODUCT_CODE, UINT16_MAX),
    NUMBER("enip.protocol_version", ENIP_PROTOCOL_VERSION, UINT16_MAX),
    NUMBER("enip.revision", ENIP_REVISION, UINT16_MAX),
    NUMBER("enip.serial", ENIP_SERIAL, UINT32_MAX),
    NUMBER("enip.state", ENIP_STATE, UINT8_MAX),
    NAMED("enip.status", ENIP_STATUS, UINT32_MAX, enip_statuses),
    NUMBER("enip.vendor_id", ENIP_VENDOR_ID, UINT16_MAX),
    NAMED("enip_command", ENIP_COMMAND, UINT16_MAX, enip_commands),
    {KEYWORD("filesize"), MF_BUF_FILE_DATA, {.max = UINT64_MAX}, .numbers = file_sizes_of},
    NAMED("http2.errorcode", HTTP2_ERROR, UINT32_MAX, http2_errors),
    NAMED("http2.frametype", HTTP2_TYPE, UINT8_MAX, http2_types),
    NUMBERS("http2.priority", HTTP2_PRIORITY, UINT8_MAX),
    NUMBERS("http2.size_update", HTTP2_SIZE_UPDATE, UINT64_MAX),
    NUMBERS("http2.window", HTTP2_WINDOW, UINT32_MAX),
    NUMBER("ike.exchtype", IKE_EXCHANGE_TYPE, UINT8_MAX),
    NUMBER("ike.key_exchange_payload_length", IKE_KEY_EXCHANGE_LENGTH, UINT32_MAX),
    NUMBER("ike.nonce_payload_length", IKE_NONCE_LENGTH, UINT32_MAX),
    NUMBER("krb5_err_code", KRB5_ERROR, INT32_MAX),
    NAMED("krb5_msg_type", KRB5_MSG_TYPE, UINT8_MAX, krb5_types),
    {KEYWORD("ldap.request.operation"),
     MF_BUF_LDAP_OPERATION,
     {.max = UINT8_MAX, .names = ldap_operations},
     .numbers = ldap_requests_of},
    NAMED("ldap.responses.result_code", LDAP_RESULT_CODE, UINT32_MAX, ldap_results),
    {KEYWORD("ldap.responses.operation"),
     MF_BUF_LDAP_OPERATION,
     {.max = UINT8_MAX, .names = ldap_operations},
     .multi = true,
     .numbers = ldap_responses_of},
    NAMED("mqtt.connack.return_code", MQTT_REASON_CODE, UINT8_MAX, NULL),
    NAMED("mqtt.connack.session_present", MQTT_SESSION_PRESENT, 1, booleans),
    BITS("mqtt.connect.flags", MQTT_CONNECT_FLAGS, UINT8_MAX, mqtt_connect_flags),
    BITS("mqtt.flags", MQTT_FLAGS, UINT8_MAX, mqtt_flags),
    NUMBER("mqtt.protocol_version", MQTT_PROTOCOL_VERSION, UINT8_MAX),
    NUMBER("mqtt.qos", MQTT_QOS, UINT8_MAX),
    NUMBERS("mqtt.reason_code", MQTT_REASON_CODE, UINT8_MAX),
    NAMED("mqtt.type", MQTT_TYPE, UINT8_MAX, mqtt_types),
    NUMBER("nfs.version", NFS_VERSION, UINT32_MAX),
    NUMBER("nfs_procedure", NFS_PROCEDURE, UINT32_MAX),
    NUMBER("nfs_version", NFS_VERSION, UINT32_MAX),
    NUMBER("ntp.mode", NTP_MODE, UINT8_MAX),
    NUMBER("ntp.stratum", NTP_STRATUM, UINT8_MAX),
    {KEYWORD("rfb.secresult"),
     MF_BUF_RFB_SECURITY_OK,
     {.max = UINT32_MAX, .names = rfb_results},
     .numbers = rfb_result_of},
    NUMBER("rfb.sectype", RFB_SECURITY_TYPE, UINT32_MAX),
    {KEYWORD("sctp.chunk_cnt"),
     MF_BUF_SCTP_CHUNK_TYPE,
     {.max = UINT16_MAX},
     .of_packet = true,
     .numbers = count_of_some},
    {KEYWORD("sctp.chunk_type"),
     MF_BUF_SCTP_CHUNK_TYPE,
     {.max = UINT8_MAX, .names = sctp_chunks},
     .multi = true,
     .of_packet = true},
    {KEYWORD("sctp.vtag"), MF_BUF_SCTP_TAG, {.max = UINT32_MAX}, .of_packet = true},
    {KEYWORD("smb.version"), MF_BUF_SMB_COMMAND, {.max = 2}, .numbers = smb_version_of},
    NAMED("snmp.pdu_type", SNMP_PDU_TYPE, UINT32_MAX, snmp_types),
    NUMBER("snmp.version", SNMP_VERSION, UINT32_MAX),
    NUMBER("tls.cert_chain_len", TLS_CERT_CHAIN_LENGTH, UINT32_MAX),
    {KEYWORD("vlan.id"), MF_BUF_VLAN_ID, {.max = 4095}, .multi = true, .of_packet = true},
    {KEYWORD("vlan.layers"),
     MF_BUF_VLAN_ID,
     {.max = UINT8_MAX},
     .of_packet = true,
     .numbers = count_of},
    {KEYWORD("websocket.flags"),
     MF_BUF_WEBSOCKET_FIN,
     {.max = UINT8_MAX, .names = websocket_flags, .bits = true},
     .names_only = true,
     .numbers = websocket_flags_of},
    NUMBER("websocket.mask", WEBSOCKET_MASK, UINT32_MAX),
    NAMED("websocket.opcode", WEBSOCKET_OPCODE, UINT8_MAX, websocket_opcodes),
};

const unsigned mf_n_number_rows = G_N_ELEMENTS(mf_number_rows);
