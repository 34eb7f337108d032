// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/timeline_settings.hpp"

static const char *const switch_keys[TimelineSettings::Switches] = {"aggregate", "beacons", "fold",
                                                                    "hits_only"};
static const char *const packets_key = "packets";
static const char *const times_key = "times";
static const char *const group = "timeline/";

TimelineSettings::TimelineSettings(const mf_window_host *window_host) : host(window_host)
{
}

void
TimelineSettings::recall(const QSettings &settings)
{
    QStringList keys = {packets_key, times_key};

    for (const char *key : switch_keys)
        keys.append(key);
    chosen.clear();
    for (const QString &key : keys)
        if (settings.contains(group + key))
            chosen[key] = settings.value(group + key);
}

void
TimelineSettings::remember(QSettings &settings) const
{
    settings.remove("timeline");
    for (auto one = chosen.cbegin(); one != chosen.cend(); ++one)
        settings.setValue(group + one.key(), one.value());
}

void
TimelineSettings::reset()
{
    chosen.clear();
}

// The field of OPTIONS that is switched; hits are no field of that type.
static bool *
switchOf(mf_timeline_options &options, TimelineSettings::Switch which)
{
    static bool mf_timeline_options::*const fields[] = {
        &mf_timeline_options::aggregate, &mf_timeline_options::beacons, &mf_timeline_options::fold};

    return which < TimelineSettings::HitsOnly ? &(options.*fields[which]) : nullptr;
}

bool
TimelineSettings::isOn(Switch which) const
{
    mf_timeline_options all = options();
    const bool *field = switchOf(all, which);
    const bool on = field ? *field : all.hits == MF_HITS_ONLY;

    mf_timeline_options_clear(&all);
    return on;
}

void
TimelineSettings::setOn(Switch which, bool on)
{
    chosen[switch_keys[which]] = on;
}

TimelineSettings::Times
TimelineSettings::times() const
{
    return Times(qBound(0, chosen.value(times_key, TimesOfWireshark).toInt(), int(TimesLocal)));
}

void
TimelineSettings::setTimes(Times times)
{
    chosen[times_key] = int(times);
}

mf_time_format
TimelineSettings::timeFormat() const
{
    switch (times()) {
    case TimesOfWireshark:
        return host->time_format();
    case TimesUtc:
        return MF_TIME_UTC;
    case TimesLocal:
        return MF_TIME_LOCAL;
    default:
        return MF_TIME_RELATIVE;
    }
}

bool
TimelineSettings::showsPackets(const char *name) const
{
    mf_timeline_options all = options();
    const bool shows = mf_packet_protocols_has(&all.packets, "", name);

    mf_timeline_options_clear(&all);
    return shows;
}

QStringList
TimelineSettings::packetsBeside(const QStringList &names) const
{
    mf_timeline_options all = options();
    QStringList beside;

    for (char **name = all.packets.names; name && *name; name++) {
        char *alone[] = {*name, nullptr};
        const mf_packet_protocols one = {false, alone};
        bool is_one = false;

        for (const QString &each : names)
            is_one = is_one || mf_packet_protocols_has(&one, "", each.toUtf8().constData());
        if (!is_one)
            beside.append(QString::fromUtf8(*name));
    }
    mf_timeline_options_clear(&all);
    return beside;
}

void
TimelineSettings::setPackets(const QStringList &names)
{
    chosen[packets_key] = names;
}

static void
replacePackets(mf_packet_protocols *packets, const QStringList &names)
{
    mf_packet_protocols_clear(packets);
    packets->all = names.contains("all");
    packets->names = g_new0(char *, gsize(names.size()) + 1);
    for (int at = 0; at < names.size(); at++)
        packets->names[at] = g_strdup(names[at].toLower().toUtf8().constData());
}

mf_timeline_options
TimelineSettings::options() const
{
    mf_timeline_options options = {};

    host->timeline_options(&options);
    options.time = timeFormat();
    for (int which = 0; which < Switches; which++) {
        const auto on = chosen.constFind(switch_keys[which]);

        if (on == chosen.constEnd())
            continue;
        if (bool *field = switchOf(options, Switch(which)))
            *field = on->toBool();
        else
            options.hits = on->toBool() ? MF_HITS_ONLY : MF_HITS_ALL;
    }
    if (chosen.contains(packets_key))
        replacePackets(&options.packets, chosen[packets_key].toStringList());
    return options;
}
