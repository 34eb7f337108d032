/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/mime.h"

#include <glib.h>
#include <string.h>

/* Parts as "type|name|data" lines. */
static void
note(void *user, const struct mf_mime_part *part)
{
    g_string_append_printf(user, "%.*s|%.*s|%.*s\n", (int)part->type.length,
                           (const char *)part->type.data, (int)part->name.length,
                           (const char *)part->name.data, (int)part->data.length,
                           (const char *)part->data.data);
}

static char *
parts_of(const char *message, size_t length)
{
    GString *out = g_string_new(NULL);
    uint8_t *exact = g_memdup2(message, length); /* so that over-reads are seen */

    mf_mime_parse((struct mf_span){exact, length}, note, out);
    g_free(exact);
    return g_string_free(out, FALSE);
}

static const struct {
    const char *message, *parts;
} messages[] = {
    {"", "||\n"},
    {"Subject: a\r\n\r\nbody", "||body\n"},
    {"Content-Type: text/html; charset=x\n\nb", "text/html||b\n"},
    {"CONTENT-TYPE:\n application/x; NAME=\"a;b.exe\"\n\nMZ", "application/x|a;b.exe|MZ\n"},
    {"Content-Type: a/b; name=no\nContent-Disposition: attachment; filename=yes.exe\n\n",
     "a/b|yes.exe|\n"},
    {"Content-Disposition: attachment; filename=yes.exe\nContent-Type: a/b; name=no\n\n",
     "a/b|yes.exe|\n"},
    {"Content-Disposition: x; filename*=UTF-8''a%20b%2\n\n", "|a b%2|\n"},
    {"Content-Transfer-Encoding: base64\n\naGVs\r\nbG8=\r\n", "||hello\n"},
    {"Content-Transfer-Encoding: Quoted-Printable\n\na=3Db=\r\nc=\nd=4", "||a=bcd=4\n"},
    {"Content-Type: multipart/mixed; boundary=\"--x\"\n\npreamble\n----x\n\none\r\n----x  \n"
     "Content-Type: text/plain\n\ntwo\n----xy\n----x--\nepilogue\n----x\n\nno",
     "||one\ntext/plain||two\n----xy\n"},
    {"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative;\n"
     "\tboundary=i\n\n--i\n\n1\n--i--\n--o\nContent-Type: message/rfc822\n\nTo: a\n\n2\n--o--\n",
     "||1\n||2\n"},
    {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nbreaks off", "||breaks off\n"},
    {"Content-Type: multipart/mixed; boundary=b\n\nno part", ""},
    {"Content-Type: multipart/mixed\n\nno boundary", "multipart/mixed||no boundary\n"},
};

static void
test_parts(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(messages); i++) {
        char *parts = parts_of(messages[i].message, strlen(messages[i].message));

        g_test_message("%s", messages[i].message);
        g_assert_cmpstr(parts, ==, messages[i].parts);
        g_free(parts);
    }
}

/* Cut anywhere, a message is read as far as it goes. */
static void
test_cut(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(messages); i++)
        for (size_t length = 0; length < strlen(messages[i].message); length++)
            g_free(parts_of(messages[i].message, length));
}

static unsigned
count_lines(const char *text)
{
    unsigned n = 0;

    for (; *text != '\0'; text++)
        n += *text == '\n';
    return n;
}

static unsigned
count_parts(unsigned n)
{
    GString *message = g_string_new("Content-Type: multipart/mixed; boundary=b\n\n");
    unsigned told;
    char *parts;

    for (unsigned i = 0; i < n; i++)
        g_string_append(message, "--b\n\nx\n");
    g_string_append(message, "--b--\n");
    parts = parts_of(message->str, message->len);
    told = count_lines(parts);
    g_free(parts);
    g_string_free(message, TRUE);
    return told;
}

static void
test_bound(void)
{
    g_assert_cmpuint(count_parts(MF_MIME_PARTS - 1), ==, MF_MIME_PARTS - 1);
    g_assert_cmpuint(count_parts(MF_MIME_PARTS), ==, MF_MIME_PARTS);
    g_assert_cmpuint(count_parts(MF_MIME_PARTS + 1), ==, MF_MIME_PARTS);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mime/parts", test_parts);
    g_test_add_func("/mime/cut", test_cut);
    g_test_add_func("/mime/bound", test_bound);
    return g_test_run();
}
