/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect.h"

void
mf_form_mail(struct mf_collect *collect, const field_info *item, const struct mf_feed *feed)
{
    (void)collect;
    (void)item;
    (void)feed;
}
