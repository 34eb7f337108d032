/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A timeline and all that was found, as JSON, one object per line: first the capture, then the rows
 * in their order, then hits, links, hosts, files. schema/malflow-1.schema.json describes each kind
 * of object, in event.dataset, and every field.
 */
#ifndef MALFLOW_CORE_JSON_REPORT_H
#define MALFLOW_CORE_JSON_REPORT_H

#include "capture_facts.h"
#include "timeline.h"

/* Of the schema: the first number changes when a field goes or means something else, the second
 * when one is added. */
#define MF_JSON_SCHEMA_VERSION "1.0"

/* Calls WRITE with each line, its newline included. */
void
mf_json_report(const struct mf_timeline *timeline, const struct mf_report_source *source,
               void (*write)(const GString *line));

#endif
