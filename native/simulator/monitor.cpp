#include "monitor.h"

#include "guard.h"

namespace mfvcam::simulator::monitor {
namespace {

// Null: none. Left to the end of the process: nothing may run in a static destructor.
constinit Host* the_monitor = nullptr;

class Nobody final : public CameraListener {
 public:
    void on_event(const EventData& /*event*/) noexcept override {}
    void on_removed() noexcept override {}
};

}  // namespace

void use(const std::wstring& server) {
    the_monitor = monitor_host(server).release();
}

HRESULT watch(const CameraKey& key, const Bytes& attributes, Watched& watched) noexcept {
    if (the_monitor == nullptr) {
        return S_OK;
    }
    return guarded([&] {
        CameraKey watched_key = key;
        // So that it ends with us, whatever becomes of the camera.
        watched_key.lifetime = MFVirtualCameraLifetime_Session;
        Watched made;
        HRESULT hr = the_monitor->open(watched_key, Host::Open::kMade, std::make_shared<Nobody>(),
                                       made.hold);
        if (SUCCEEDED(hr)) {
            hr = made.hold->start(attributes);
        }
        if (SUCCEEDED(hr)) {
            hr = the_monitor->process_id(made.process_id);
        }
        CameraState state;
        if (SUCCEEDED(hr)) {
            hr = made.hold->state(state);
        }
        if (SUCCEEDED(hr)) {
            made.source = std::move(state.source);
            watched = std::move(made);
        }
        return hr;
    });
}

}  // namespace mfvcam::simulator::monitor
