// Pango matches fonts in threads of its own, and GLib's locks are futexes that ThreadSanitizer cannot see in
// libraries built without it: every report came from inside these libraries, none from ours.
#if defined(__SANITIZE_THREAD__)
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
    return "race:libpangoft2-1.0.so\nrace:libpango-1.0.so\nrace:libglib-2.0.so\nrace:libgobject-2.0.so\n"
           "race:libfontconfig.so\n";
}
#endif
