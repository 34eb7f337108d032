/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which byte looks most like a character of Unicode. The assignment is Microsoft's "best fit" of
 * code page 1252 (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WindowsBestFit/), as far
 * as web servers were ever fooled with it and the IDS parsers that rules were written for know it.
 */
#include "http_uri.h"

#include <stdlib.h>
#include <string.h>

/* The bytes of some characters that follow each other. */
static const struct run {
    uint16_t first;
    const char *bytes;
} runs[] = {
    {0x0100, "AaAaAaCcCcCcCcDd\?dEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi\?\?JjKk\?LlLlLl\?\?LlNnNnNn"},
    {0x014c, "OoOoOo\?\?RrRrRrSsSsSs\?\?TtTtTtUuUuUuUuUuUuWwYy\?Z\?Zz"},
    {0x0180, "b"},
    {0x0197, "I\?\?l"},
    {0x019f, "OOo"},
    {0x01ab, "t\?\?TUu"},
    {0x01b6, "z"},
    {0x01c0, "|\?\?!"},
    {0x01cd, "AaIiOoUuUuUuUuUu\?Aa"},
    {0x01e4, "GgGgKkOoOo\?\?j"},
    {0x0261, "g"},
    {0x02b9, "'\"\?'"},
    {0x02c4, "^"},
    {0x02c8, "'\?\?`\?_"},
    {0x0300, "`\?^~"},
    {0x030e, "\""},
    {0x0331, "__"},
    {0x037e, ";"},
    {0x0393, "G"},
    {0x0398, "T"},
    {0x03a3, "S\?\?F\?\?O"},
    {0x03b1, "a\?\?de"},
    {0x03c0, "p\?\?st\?f"},
    {0x04bb, "h"},
    {0x0589, ":"},
    {0x066a, "%"},
    {0x2000, "       "},
    {0x2010, "--"},
    {0x2017, "="},
    {0x2032, "'\?\?`"},
    {0x2044, "/"},
    {0x2074, "45678"},
    {0x207f, "n0123456789"},
    {0x20a7, "P"},
    {0x2102, "C"},
    {0x2107, "E\?\?gHHHh\?IILl\?N\?\?PPQRRR"},
    {0x2124, "Z"},
    {0x2128, "Z\?K\?BCeeEF\?Mo"},
    {0x2212, "-\?\?//*\?\?v"},
    {0x221e, "8"},
    {0x2223, "|"},
    {0x2229, "n"},
    {0x2236, ":"},
    {0x223c, "~"},
    {0x2261, "=\?\?=="},
    {0x2303, "^"},
    {0x2320, "()"},
    {0x2329, "<>"},
    {0x2500, "-"},
    {0x250c, "+"},
    {0x2510, "+"},
    {0x2514, "+"},
    {0x2518, "+"},
    {0x251c, "+"},
    {0x252c, "-"},
    {0x2534, "-"},
    {0x253c, "+"},
    {0x2550, "-\?++++++++++++"},
    {0x2564, "------+++"},
    {0x2584, "_"},
    {0x2758, "|"},
    {0x3000, " "},
    {0x3008, "<>"},
    {0x301a, "[]"},
    {0xff01, "!\"#$%&'()*+,-./0123456789:;<=>\?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[/"
             "]^_`abcdefghijklmnopqrstuvwxyz{|}~"},
};

static int
compare(const void *key, const void *element)
{
    uint32_t codepoint = *(const uint32_t *)key;
    const struct run *run = element;

    if (codepoint < run->first)
        return -1;
    return codepoint >= run->first + strlen(run->bytes);
}

uint8_t
mf_bestfit(uint32_t codepoint)
{
    const struct run *run;

    if (codepoint < 0x100)
        return (uint8_t)codepoint;
    run = bsearch(&codepoint, runs, G_N_ELEMENTS(runs), sizeof *runs, compare);
    return run != NULL ? (uint8_t)run->bytes[codepoint - run->first] : '?';
}
