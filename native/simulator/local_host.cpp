// The host within the program's own process.
#include <atomic>

#include "camera_registry.h"
#include "guard.h"
#include "host.h"

namespace mfvcam::simulator {
namespace {

class LocalHold final : public CameraHold {
 public:
    LocalHold(std::shared_ptr<Camera> camera, const std::shared_ptr<CameraListener>& listener)
        : camera_(std::move(camera)), listener_(listener.get()) {
        camera_->add(listener);
    }
    ~LocalHold() override { LocalHold::close(); }
    void close() noexcept override {
        if (closed_.exchange(true)) {
            return;
        }
        camera_->drop(listener_);
        if (CameraRegistry::instance().close(camera_)) {
            camera_->remove();
        }
    }
    LocalHold(const LocalHold&) = delete;
    LocalHold& operator=(const LocalHold&) = delete;

    HRESULT state(CameraState& state) noexcept override {
        camera_->await_restart();
        state = camera_->state();
        return S_OK;
    }
    HRESULT start(const Bytes& attributes) noexcept override { return camera_->start(attributes); }
    HRESULT stop() noexcept override {
        camera_->stop();
        return S_OK;
    }
    HRESULT remove() noexcept override {
        CameraRegistry::instance().forget(camera_);
        camera_->remove();
        return S_OK;
    }
    HRESULT invalidate() noexcept override {
        camera_->invalidate();
        return S_OK;
    }

 private:
    const std::shared_ptr<Camera> camera_;
    const CameraListener* const listener_;  // only compared
    std::atomic<bool> closed_{false};
};

class LocalHost final : public Host {
 public:
    HRESULT open(const CameraKey& key, Open how, const std::shared_ptr<CameraListener>& listener,
                 std::shared_ptr<CameraHold>& hold) noexcept override {
        return guarded([&] {
            CameraRegistry& registry = CameraRegistry::instance();
            const std::shared_ptr<Camera> camera =
                how == Open::kMade ? registry.open(key) : registry.open_existing(key);
            if (!camera) {
                return S_OK;
            }
            const HRESULT hr = guarded([&] {
                hold = std::make_shared<LocalHold>(camera, listener);
                return S_OK;
            });
            if (FAILED(hr) && registry.close(camera)) {
                camera->remove();
            }
            return hr;
        });
    }
    HRESULT process_id(DWORD& id) noexcept override {
        id = GetCurrentProcessId();
        return S_OK;
    }
    HRESULT die(bool /*restarted*/) noexcept override { return E_NOTIMPL; }
};

}  // namespace

Host& local_host() {
    // Left to the end of the process: nothing may run in a static destructor.
    static auto* const only = new LocalHost;
    return *only;
}

}  // namespace mfvcam::simulator
