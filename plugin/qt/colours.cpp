// SPDX-License-Identifier: GPL-2.0-or-later
// Themes bring any ground from white to black. A fixed colour is lost on one of them, so colours
// are chosen by hue and moved in lightness until they stand out by a given contrast.
#include "qt/colours.hpp"

#include <cmath>
#include <cstring>

static double
linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

static double
luminance(const QColor &colour)
{
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double
contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a), y = luminance(b);

    return (qMax(x, y) + 0.05) / (qMin(x, y) + 0.05);
}

bool
isDark(const QColor &ground)
{
    return luminance(ground) < 0.18;
}

QColor
readableColour(const QColor &ground, int hue, int saturation, double minimum)
{
    const int step = isDark(ground) ? 4 : -4;
    int lightness = isDark(ground) ? 110 : 140;
    QColor colour = QColor::fromHsl(hue, saturation, lightness);

    while (contrast(colour, ground) < minimum && lightness + step > 0 && lightness + step < 256) {
        lightness += step;
        colour = QColor::fromHsl(hue, saturation, lightness);
    }
    return colour;
}

QColor
blended(const QColor &ground, const QColor &over, double share)
{
    return QColor::fromRgbF(ground.redF() + (over.redF() - ground.redF()) * share,
                            ground.greenF() + (over.greenF() - ground.greenF()) * share,
                            ground.blueF() + (over.blueF() - ground.blueF()) * share);
}

// Neighbours in a capture are far from each other in hue; red is kept for hits.
static const struct {
    const char *part;
    int hue;
} known_hues[] = {
    {"HTTP", 212}, {"TLS", 265}, {"DNS", 150},  {"IRC", 28},   {"SMTP", 318}, {"SMB", 185},
    {"FTP", 95},   {"ICMP", 55}, {"SSH", 238},  {"RPC", 170},  {"NBNS", 128}, {"NTP", 75},
    {"TFTP", 42},  {"DHCP", 84}, {"SSDP", 108}, {"QUIC", 282}, {"POP", 300},  {"IMAP", 306},
};

// Hues for the others: what the table leaves.
static const int other_hues[] = {20,  36,  48,  66,  102, 120, 140, 160,
                                 178, 196, 226, 250, 290, 310, 326};

static quint32
hashOf(const char *text)
{
    quint32 hash = 2166136261u; // FNV-1a: the same in every run

    for (; *text != '\0'; text++)
        hash = (hash ^ quint8(*text)) * 16777619u;
    return hash;
}

int
protocolHue(const char *protocol)
{
    if (protocol == nullptr || *protocol == '\0')
        return -1;

    const char *colon = strrchr(protocol, ':');
    const char *name = colon != nullptr ? colon + 1 : protocol;
    if (strcmp(name, "TCP") == 0 || strcmp(name, "UDP") == 0)
        return -1;
    for (const auto &known : known_hues)
        if (strstr(name, known.part) != nullptr)
            return known.hue;
    return other_hues[hashOf(name) % (sizeof other_hues / sizeof *other_hues)];
}
