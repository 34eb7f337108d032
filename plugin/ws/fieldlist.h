/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The list of display fields: a new field is a new row here and one line where it is added. */
#ifndef MALFLOW_WS_FIELDLIST_H
#define MALFLOW_WS_FIELDLIST_H

/* X(variable, abbreviation behind "malflow.", type, display, name, description) */
#define MF_FIELDS(X)                                                                               \
    X(hf_malflow_session_id, "session.id", FT_UINT32, BASE_DEC, "Session",                         \
      "Number of the session, from 1 in order of first packet")                                    \
    X(hf_malflow_session_orig, "session.orig", FT_STRING, BASE_NONE, "Originator",                 \
      "Address and port of the side that opened the session")                                      \
    X(hf_malflow_session_resp, "session.resp", FT_STRING, BASE_NONE, "Responder",                  \
      "Address and port of the other side")                                                        \
    X(hf_malflow_session_app, "session.app", FT_STRING, BASE_NONE, "Protocol",                     \
      "L7 name, by dissection and content")                                                        \
    X(hf_malflow_session_state, "session.state", FT_STRING, BASE_NONE, "State",                    \
      "Zeek's conn_state")                                                                         \
    X(hf_malflow_session_history, "session.history", FT_STRING, BASE_NONE, "History",              \
      "Zeek's history letters")                                                                    \
    X(hf_malflow_session_end, "session.end", FT_STRING, BASE_NONE, "End",                          \
      "Why the session ended: open, closed, reset, timeout, reused")                               \
    X(hf_malflow_session_start, "session.start", FT_RELATIVE_TIME, BASE_NONE, "Start",             \
      "Time of the first packet since the capture's first frame")                                  \
    X(hf_malflow_session_duration, "session.duration", FT_RELATIVE_TIME, BASE_NONE, "Duration",    \
      "From the first to the last packet")                                                         \
    X(hf_malflow_session_orig_bytes, "session.orig_bytes", FT_UINT64, BASE_DEC,                    \
      "Originator payload bytes", "Every byte of the stream counted once")                         \
    X(hf_malflow_session_resp_bytes, "session.resp_bytes", FT_UINT64, BASE_DEC,                    \
      "Responder payload bytes", "Every byte of the stream counted once")                          \
    X(hf_malflow_session_orig_wire_bytes, "session.orig_wire_bytes", FT_UINT64, BASE_DEC,          \
      "Originator frame bytes", "Whole frames on the wire")                                        \
    X(hf_malflow_session_resp_wire_bytes, "session.resp_wire_bytes", FT_UINT64, BASE_DEC,          \
      "Responder frame bytes", "Whole frames on the wire")                                         \
    X(hf_malflow_session_orig_pkts, "session.orig_pkts", FT_UINT32, BASE_DEC,                      \
      "Originator packets", "Packets from the originator")                                         \
    X(hf_malflow_session_resp_pkts, "session.resp_pkts", FT_UINT32, BASE_DEC, "Responder packets", \
      "Packets from the responder")                                                                \
    X(hf_malflow_session_summary, "session.summary", FT_STRING, BASE_NONE, "Summary",              \
      "What the session says, as in the timeline")                                                 \
    X(hf_malflow_session_first_frame, "session.first_frame", FT_FRAMENUM, BASE_NONE,               \
      "First frame", "The session's first packet")                                                 \
    X(hf_malflow_session_hits, "session.hits", FT_UINT32, BASE_DEC, "Hits",                        \
      "How often signatures fired in the session")                                                 \
    X(hf_malflow_session_sid, "session.sid", FT_UINT32, BASE_DEC, "Signature in the session",      \
      "sid of each signature that fired anywhere in the session")                                  \
    X(hf_malflow_direction, "direction", FT_STRING, BASE_NONE, "Direction",                        \
      "Who sent this packet: orig or resp")                                                        \
    X(hf_malflow_payload, "payload", FT_STRING, BASE_NONE, "Payload",                              \
      "Payload of this packet as the timeline prints it")                                          \
    X(hf_malflow_scan_id, "scan.id", FT_UINT32, BASE_DEC, "Scan group",                            \
      "Number of the scan group")                                                                  \
    X(hf_malflow_scan_type, "scan.type", FT_STRING, BASE_NONE, "Scan type", "spread or port")      \
    X(hf_malflow_scan_source, "scan.source", FT_STRING, BASE_NONE, "Scan source", "Who scans")     \
    X(hf_malflow_scan_target, "scan.target", FT_STRING, BASE_NONE, "Scan target",                  \
      "The address whose ports are scanned")                                                       \
    X(hf_malflow_scan_port, "scan.port", FT_UINT16, BASE_DEC, "Scanned port",                      \
      "The port that is scanned on many addresses")                                                \
    X(hf_malflow_scan_count, "scan.count", FT_UINT32, BASE_DEC, "Sessions in the scan",            \
      "Sessions in the group")                                                                     \
    X(hf_malflow_scan_targets, "scan.targets", FT_UINT32, BASE_DEC, "Scan targets",                \
      "Distinct addresses or ports")                                                               \
    X(hf_malflow_scan_answered, "scan.answered", FT_UINT32, BASE_DEC,                              \
      "Scan targets that answered", "Distinct addresses or ports that answered")                   \
    X(hf_malflow_beacon_id, "beacon.id", FT_UINT32, BASE_DEC, "Beacon", "Number of the beacon")    \
    X(hf_malflow_beacon_period, "beacon.period", FT_RELATIVE_TIME, BASE_NONE, "Beacon period",     \
      "Median of the intervals between contacts")                                                  \
    X(hf_malflow_beacon_jitter, "beacon.jitter", FT_DOUBLE, BASE_NONE, "Beacon jitter",            \
      "Median deviation from the period, as a part of it")                                         \
    X(hf_malflow_beacon_count, "beacon.count", FT_UINT32, BASE_DEC, "Contacts of the beacon",      \
      "Sessions in the beacon")                                                                    \
    X(hf_malflow_beacon_target, "beacon.target", FT_STRING, BASE_NONE, "Beacon target",            \
      "Address and port that are contacted")                                                       \
    X(hf_malflow_cause_frame, "cause.frame", FT_FRAMENUM, BASE_NONE, "Cause",                      \
      "The packet that caused this session or request")                                            \
    X(hf_malflow_cause_session, "cause.session", FT_UINT32, BASE_DEC, "Cause session",             \
      "The session of that packet")                                                                \
    X(hf_malflow_cause_kind, "cause.kind", FT_STRING, BASE_NONE, "Cause kind",                     \
      "dns, url, redirect, command, drop; or exec: after an executable arrived")                   \
    X(hf_malflow_cause_evidence, "cause.evidence", FT_STRING, BASE_NONE, "Evidence",               \
      "What that packet said, and this session did")                                               \
    X(hf_malflow_root_session, "root.session", FT_UINT32, BASE_DEC, "Root session",                \
      "The session that everything began with that led to this one")                               \
    X(hf_malflow_stage, "stage", FT_STRING, BASE_NONE, "Stage",                                    \
      "Of an infection's dialogue, that the session is a sign of: exploit, egg download, C&C, "    \
      "...")                                                                                       \
    X(hf_malflow_hit_sid, "hit.sid", FT_UINT32, BASE_DEC, "Signature id", "sid of the rule")       \
    X(hf_malflow_hit_rev, "hit.rev", FT_UINT32, BASE_DEC, "Signature revision", "rev of the rule") \
    X(hf_malflow_hit_msg, "hit.msg", FT_STRING, BASE_NONE, "Message", "msg of the rule")           \
    X(hf_malflow_hit_classtype, "hit.classtype", FT_STRING, BASE_NONE, "Class",                    \
      "classtype of the rule")                                                                     \
    X(hf_malflow_hit_priority, "hit.priority", FT_UINT32, BASE_DEC, "Priority",                    \
      "1 is the most severe")                                                                      \
    X(hf_malflow_hit_severity, "hit.severity", FT_STRING, BASE_NONE, "Severity",                   \
      "signature_severity of the rule")                                                            \
    X(hf_malflow_hit_mitre, "hit.mitre", FT_STRING, BASE_NONE, "MITRE ATT&CK technique",           \
      "mitre_technique_id of the rule")                                                            \
    X(hf_malflow_hit_family, "hit.family", FT_STRING, BASE_NONE, "Malware family",                 \
      "malware_family of the rule")                                                                \
    X(hf_malflow_hit_reference, "hit.reference", FT_STRING, BASE_NONE, "References",               \
      "TYPE,REFERENCE of the rule, a blank between several")                                       \
    X(hf_malflow_hit_count, "hit.count", FT_UINT32, BASE_DEC, "Hits of this signature",            \
      "In this session")                                                                           \
    X(hf_malflow_file_type, "file.type", FT_STRING, BASE_NONE, "File type", "By structure")        \
    X(hf_malflow_file_name, "file.name", FT_STRING, BASE_NONE, "File name",                        \
      "As the transfer names it")                                                                  \
    X(hf_malflow_file_size, "file.size", FT_UINT64, BASE_DEC, "File size", "In bytes")             \
    X(hf_malflow_file_sha256, "file.sha256", FT_STRING, BASE_NONE, "SHA-256",                      \
      "Of the whole decoded file")                                                                 \
    X(hf_malflow_file_mismatch, "file.mismatch", FT_BOOLEAN, BASE_NONE, "Type mismatch",           \
      "Name or content type claims something else")

#define MF_FIELD_EXTERN(variable, abbreviation, type, display, name, description)                  \
    extern int variable;
MF_FIELDS(MF_FIELD_EXTERN)
#undef MF_FIELD_EXTERN

/* Registers them all. */
void
mf_fieldlist_register(int proto);

#endif
