/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rules on what Wireshark dissected, message by message: all parts of a rule must hold on buffers
 * of one message (one HTTP request, one DNS message, one TLS handshake in one frame), as Suricata
 * asks it of one transaction in one direction.
 */
#include "inspector.h"

#include "dcerpc.h"
#include "ftp.h"
#include "transaction.h"

static void
propose_by_literals(struct mf_inspector *inspector, const struct mf_inspected *what,
                    const struct mf_slot *slot, const struct mf_view *view)
{
    struct mf_view front = *view;

    front.length = MIN(view->length, MF_FRONT_BYTES);
    if (slot->at_front != NULL)
        mf_inspector_propose_found(inspector, what, MF_RULE_MESSAGE, slot->at_front, &front);
    mf_inspector_propose_found(inspector, what, MF_RULE_MESSAGE, slot->prefilter, view);
}

static void
propose(struct mf_inspector *inspector, const struct mf_inspected *what)
{
    const struct mf_instances *instances = inspector->instances;

    for (unsigned i = 0; i < mf_instances_count(instances); i++) {
        const struct mf_instance *instance = mf_instances_get(instances, i);
        const struct mf_slot *slot = mf_slots_get(inspector->set->slots, instance->slot);

        propose_by_literals(inspector, what, slot, &instance->view);
        mf_inspector_propose_all(inspector, slot->always);
    }
    mf_inspector_propose_all(inspector, inspector->set->message_always);
}

/* What rules on later messages ask for. */
static void
learn(struct mf_inspector *inspector, const struct mf_message *message)
{
    const uint8_t *wanted = inspector->set->wanted;

    if (message->layer == MF_BUF_DCERPC && wanted[MF_BUF_DCERPC_IFACE])
        mf_dcerpc_learn(inspector->state, message);
    if (message->layer == MF_BUF_FTP && wanted[MF_BUF_FTP_DYNAMIC_PORT])
        mf_ftp_learn(inspector->state, message);
    if (inspector->set->has_transactions)
        mf_transaction_learn(inspector->state, message);
}

static void
inspect(struct mf_inspector *inspector, const struct mf_inspected *what)
{
    learn(inspector, what->message);
    mf_instances_clear(inspector->instances);
    mf_instances_take(inspector->instances, what->message);
    if (mf_instances_count(inspector->instances) == 0 && inspector->set->message_always->len == 0)
        return;
    propose(inspector, what);
    mf_inspector_try_candidates(inspector, what);
}

/* A session may change from HTTP/1 to HTTP/2 on its way: then each message says what it is. */
static const char *
spoken(const struct mf_message *message)
{
    if ((message->layer == MF_BUF_HTTP || message->layer == MF_BUF_HTTP2) &&
        mf_app_is_one_of(message->session->app, "HTTP|HTTP2"))
        return mf_buffer_name(message->layer);
    return message->session->app;
}

/* WHAT holds all but the message. */
static void
inspect_each(struct mf_inspector *inspector, struct mf_inspected *what)
{
    struct mf_message message = {
        .packet = what->packet, .session = what->session, .direction = what->direction};
    unsigned at = 0;

    if (inspector->set == NULL)
        return;
    what->on = MF_FIRED_ON_MESSAGE;
    what->message = &message;
    while (mf_message_next(&message, &at)) {
        what->app = spoken(&message);
        inspect(inspector, what);
    }
}

void
mf_inspect_messages(struct mf_inspector *inspector, const struct mf_session *session,
                    enum mf_direction direction, const struct mf_payload_view *payload)
{
    struct mf_inspected what = {.session = session,
                                .direction = direction,
                                .packet = inspector->packet,
                                .payload = payload->data,
                                .payload_length = payload->length};

    inspect_each(inspector, &what);
}

void
mf_inspect_found(struct mf_inspector *inspector, const struct mf_session *session,
                 enum mf_direction direction, const struct mf_packet *packet, bool only_files)
{
    struct mf_inspected what = {.session = session,
                                .direction = direction,
                                .packet = packet,
                                .payload = packet->payload,
                                .payload_length = packet->payload_captured,
                                .only_files = only_files};

    inspect_each(inspector, &what);
}
