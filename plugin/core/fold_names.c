/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names that vendors document for firewalls and proxies. They are only a claim of the client: the
 * fold module believes them of addresses that a look-up gave for them. What users put there (cloud
 * storage, mail, search) is not listed, since malware uses it too.
 */
#include "fold_names.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *host;
    const char *path; /* NULL: any */
} checks[] = {
    {"www.msftncsi.com", NULL},
    {"ipv6.msftncsi.com", NULL},
    {"dns.msftncsi.com", NULL},
    {"www.msftconnecttest.com", NULL},
    {"ipv6.msftconnecttest.com", NULL},
    {"connectivitycheck.gstatic.com", NULL},
    {"connectivitycheck.android.com", NULL},
    {"clients1.google.com", "/generate_204"},
    {"clients3.google.com", "/generate_204"},
    {"play.googleapis.com", "/generate_204"},
    {"www.google.com", "/generate_204"},
    {"www.google.com", "/gen_204"},
    {"www.google.com", "/"}, /* what programs ask for that want to know, answered in brief */
    {"google.com", "/"},
    {"www.gstatic.com", "/generate_204"},
    {"captive.apple.com", NULL},
    {"www.apple.com", "/library/test/success.html"},
    {"detectportal.firefox.com", NULL},
    {"connectivity-check.ubuntu.com", NULL},
    {"network-test.debian.org", NULL},
    {"nmcheck.gnome.org", NULL},
    {"fedoraproject.org", "/static/hotspot.txt"},
};

/* The name itself, or the end of one behind a dot. */
static const char *const services[] = {
    /* Windows: updates, settings, telemetry, root certificates */
    "windowsupdate.com",
    "update.microsoft.com",
    "delivery.mp.microsoft.com",
    "events.data.microsoft.com",
    "data.microsoft.com",
    "telemetry.microsoft.com",
    "vortex-win.data.microsoft.com",
    "settings-win.data.microsoft.com",
    "config.edge.skype.com",
    "wns.windows.com",
    "licensing.mp.microsoft.com",
    "displaycatalog.mp.microsoft.com",
    "storecatalogrevocation.storequality.microsoft.com",
    "watson.microsoft.com",
    "time.windows.com",
    "crl.microsoft.com",
    "ocsp.msocsp.com",
    "oneocsp.microsoft.com",
    "mscrl.microsoft.com",
    "sls.microsoft.com",
    /* states of certificates */
    "ocsp.digicert.com",
    "crl3.digicert.com",
    "crl4.digicert.com",
    "ocsp.verisign.com",
    "crl.verisign.com",
    "ocsp.globalsign.com",
    "ocsp2.globalsign.com",
    "crl.globalsign.com",
    "crl.globalsign.net",
    "ocsp.pki.goog",
    "crl.pki.goog",
    "o.pki.goog",
    "c.pki.goog",
    "o.lencr.org",
    "c.lencr.org",
    "ocsp.int-x3.letsencrypt.org",
    "ocsp.sectigo.com",
    "crl.sectigo.com",
    "ocsp.comodoca.com",
    "crl.comodoca.com",
    "ocsp.usertrust.com",
    "crl.usertrust.com",
    "ocsp.entrust.net",
    "crl.entrust.net",
    "ocsp.godaddy.com",
    "crl.godaddy.com",
    "ocsp.thawte.com",
    "crl.thawte.com",
    "ocsp.trust-provider.com",
    "ocsp.rootca1.amazontrust.com",
    "ocsp.rootg2.amazontrust.com",
    "crl.rootca1.amazontrust.com",
    "crl.rootg2.amazontrust.com",
    "ocsp.apple.com",
    "ocsp2.apple.com",
    "crl.apple.com",
    /* browsers: updates, lists of dangerous sites */
    "aus5.mozilla.org",
    "firefox.settings.services.mozilla.com",
    "push.services.mozilla.com",
    "content-signature-2.cdn.mozilla.net",
    "tracking-protection.cdn.mozilla.net",
    "shavar.services.mozilla.com",
    "incoming.telemetry.mozilla.org",
    "update.googleapis.com",
    "safebrowsing.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    /* macOS and iOS */
    "swscan.apple.com",
    "swcdn.apple.com",
    "swdist.apple.com",
    "mesu.apple.com",
    "gdmf.apple.com",
    "xp.apple.com",
    "valid.apple.com",
    "push.apple.com",
    /* Linux distributions */
    "motd.ubuntu.com",
    "daisy.ubuntu.com",
    "api.snapcraft.io",
    "changelogs.ubuntu.com",
};

static bool
is_path(const char *path, const char *wanted)
{
    size_t length = strlen(wanted);

    return path != NULL && strncmp(path, wanted, length) == 0 &&
           (path[length] == '\0' || path[length] == '?');
}

bool
mf_fold_is_connectivity_check(const char *host, const char *path)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(checks); i++)
        if (g_ascii_strcasecmp(host, checks[i].host) == 0 &&
            (checks[i].path == NULL || is_path(path, checks[i].path)))
            return true;
    return false;
}

bool
mf_fold_is_system_service(const char *host)
{
    size_t length = strlen(host);

    for (unsigned i = 0; i < G_N_ELEMENTS(services); i++) {
        size_t n = strlen(services[i]);

        if (n <= length && g_ascii_strcasecmp(host + length - n, services[i]) == 0 &&
            (n == length || host[length - n - 1] == '.'))
            return true;
    }
    return false;
}
