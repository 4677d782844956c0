// As wait_for_signals.c, in C++, and by a queue: one thread can hear of any number of sync objects.
//
//     listen_to_signals [PROVIDER.DLL]
#include <mfvcam.h>
#include <shellapi.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

constexpr GUID source_id = MFVCAM_SOURCE_CLSID;
constexpr GUID event_set = MFVCAM_EVENT_SET;
constexpr UINT32 ksevent_enable = 1;
constexpr UINT32 patience = 20'000;  // milliseconds

void check(const char* call, HRESULT hr) {
    if (FAILED(hr)) {
        char code[16];
        static_cast<void>(
            std::snprintf(code, sizeof(code), "0x%08lX", static_cast<unsigned long>(hr)));
        throw std::runtime_error(std::string(call) + ": " + code);
    }
}

// Owns an mfvcam_handle.
class Object {
 public:
    Object() = default;
    ~Object() { mfvcam_release(handle_); }
    Object(const Object&) = delete;
    Object& operator=(const Object&) = delete;

    mfvcam_handle get() const { return handle_; }
    mfvcam_handle* put() { return &handle_; }

 private:
    mfvcam_handle handle_ = 0;
};

class Event {
 public:
    Event() : handle_(CreateEventW(nullptr, FALSE, FALSE, nullptr)) {
        if (handle_ == nullptr) {
            check("CreateEventW", HRESULT_FROM_WIN32(GetLastError()));
        }
    }
    ~Event() { CloseHandle(handle_); }
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    HANDLE get() const { return handle_; }

 private:
    HANDLE handle_;
};

void listen() {
    Object camera;
    check("mfvcam_create_virtual_camera",
          mfvcam_create_virtual_camera(0, 0, 0, L"C++ example", &source_id, nullptr, 0, 0,
                                       camera.put()));
    check("mfvcam_start", mfvcam_start(camera.get()));
    const Event event;
    Object signal;
    check("mfvcam_create_sync_event",
          mfvcam_create_sync_event(camera.get(), &event_set, MFVCAM_EVENT_PING, ksevent_enable,
                                   event.get(), signal.put()));
    Object queue;
    check("mfvcam_create_queue", mfvcam_create_queue(queue.put()));
    constexpr UINT64 tag = 42;
    Object watch;
    check("mfvcam_watch_signal", mfvcam_watch_signal(signal.get(), queue.get(), tag, watch.put()));
    for (int count = 1; count <= 3; ++count) {
        mfvcam_notification told{};
        UINT32 taken = 0;
        const HRESULT hr = mfvcam_take(queue.get(), patience, nullptr, &told, 1, &taken);
        check("mfvcam_take", hr);
        if (hr != S_OK || told.tag != tag || told.kind != MFVCAM_SIGNALLED) {
            throw std::runtime_error("no signal in time");
        }
        std::printf("signal %d\n", count);
        check("mfvcam_rearm", mfvcam_rearm(watch.get()));
    }
    check("mfvcam_shutdown", mfvcam_shutdown(camera.get()));
}

}  // namespace

int main() {
    try {
        int count = 0;
        wchar_t* const* arguments = CommandLineToArgvW(GetCommandLineW(), &count);
        if (arguments != nullptr && count > 1) {
            check("mfvcam_use_provider", mfvcam_use_provider(arguments[1]));
        }
        check("mfvcam_is_supported", mfvcam_is_supported());
        listen();
        mfvcam_ledger left{};
        check("mfvcam_get_ledger", mfvcam_get_ledger(&left));
        std::printf("left alive: %u cameras, %u sync objects\n", left.cameras, left.sync_objects);
        return left.cameras == 0 && left.sync_objects == 0 ? 0 : 1;
    } catch (const std::exception& e) {
        static_cast<void>(std::fprintf(stderr, "%s\n", e.what()));
        return 1;
    }
}
