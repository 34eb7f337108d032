/* SPDX-License-Identifier: GPL-2.0-or-later */
/* gunzip and zlib_deflate. */
#include "transform_kit.h"

#include <zlib.h>

static GByteArray *
deflated(int bits, struct bytes in)
{
    GByteArray *out = g_byte_array_new();
    z_stream stream = {.next_in = (z_const Bytef *)(uintptr_t)in.text, .avail_in = (uInt)in.length};

    g_assert_cmpint(deflateInit2(&stream, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
    g_byte_array_set_size(out, (guint)deflateBound(&stream, (uLong)in.length));
    stream.next_out = out->data;
    stream.avail_out = out->len;
    g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
    g_byte_array_set_size(out, (guint)stream.total_out);
    deflateEnd(&stream);
    return out;
}

/* The first LENGTH bytes of what is made of PACKED; -1: nothing. */
static int
unpack(const char *name, const char *value, const GByteArray *packed, const char *begin)
{
    GByteArray *out = g_byte_array_new();
    int length = -1;

    if (transform_run(name, value, (struct bytes){(const char *)packed->data, packed->len}, out)) {
        length = (int)out->len;
        g_assert_cmpmem(out->data, out->len, begin, out->len);
    }
    g_byte_array_unref(out);
    return length;
}

static void
test_inflate(void)
{
    static const char text[] = "This is compressed";
    static const struct {
        const char *name;
        int bits;
    } formats[] = {{"gunzip", 31}, {"zlib_deflate", 15}};
    const int whole = sizeof text - 1;

    for (unsigned i = 0; i < 2; i++) {
        const char *name = formats[i].name;
        GByteArray *packed = deflated(formats[i].bits, (struct bytes)B(text));

        g_assert_cmpint(unpack(name, "", packed, text), ==, whole);
        g_assert_cmpint(unpack(name, "max-size 8", packed, text), ==, 8);
        g_assert_cmpint(unpack(name, " max-size=8 ", packed, text), ==, 8);
        g_assert_cmpint(unpack(name, "max-size 17", packed, text), ==, 17);
        g_assert_cmpint(unpack(name, "max-size 19", packed, text), ==, whole);
        g_assert_cmpint(unpack(formats[i ^ 1].name, "", packed, text), ==, -1);
        g_byte_array_set_size(packed, packed->len - 1); /* breaks off in the checksum */
        g_assert_cmpint(unpack(name, "", packed, text), ==, whole);
        g_byte_array_set_size(packed, 2);
        g_assert_cmpint(unpack(name, "", packed, text), ==, -1);
        g_byte_array_unref(packed);
    }
}

static void
test_inflate_damaged(void)
{
    static const char text[] = "This is compressed";
    GByteArray *packed = deflated(31, (struct bytes)B(text));

    packed->data[packed->len - 8] ^= 1; /* the checksum */
    g_assert_cmpint(unpack("gunzip", "", packed, text), ==, -1);
    g_byte_array_unref(packed);
}

/* A bomb makes what it was let make. */
static void
test_inflate_size(void)
{
    static const struct {
        const char *value;
        int made;
    } sizes[] = {{"", 1024},
                 {"max-size 1", 1},
                 {"max-size 1025", 1025},
                 {"max-size 1KiB", 1024},
                 {"max-size 3kb", 3072},
                 {"max-size=1MiB", 1 << 20},
                 {"max-size 16MiB", MF_TRANSFORM_MAX}};
    char *zeros = g_malloc0(2 * MF_TRANSFORM_MAX);
    GByteArray *packed = deflated(31, (struct bytes){zeros, 2 * MF_TRANSFORM_MAX});

    g_assert_cmpuint(packed->len, <, 10000);
    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++)
        g_assert_cmpint(unpack("gunzip", sizes[i].value, packed, zeros), ==, sizes[i].made);
    g_byte_array_unref(packed);
    g_free(zeros);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/transform/inflate", test_inflate);
    g_test_add_func("/transform/inflate_damaged", test_inflate_damaged);
    g_test_add_func("/transform/inflate_size", test_inflate_size);
    return g_test_run();
}
