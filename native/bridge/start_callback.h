// The IMFAsyncCallback every camera is started with: without it, a wait on a bare handle would
// sleep on after the service died.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <atomic>

#include "virtual_camera.h"

namespace mfvcam {

class StartCallback final : public IMFAsyncCallback {
 public:
    // Keeps the camera's memory only; events after its close go nowhere.
    explicit StartCallback(Ref<VirtualCamera> camera) noexcept : camera_(std::move(camera)) {}

    HRESULT STDMETHODCALLTYPE QueryInterface(REFIID riid, void** object) override;
    ULONG STDMETHODCALLTYPE AddRef() override;
    ULONG STDMETHODCALLTYPE Release() override;
    HRESULT STDMETHODCALLTYPE GetParameters(DWORD* flags, DWORD* queue) override;
    HRESULT STDMETHODCALLTYPE Invoke(IMFAsyncResult* result) override;

 private:
    ~StartCallback() = default;

    std::atomic<ULONG> references_{1};
    const Ref<VirtualCamera> camera_;
};

}  // namespace mfvcam
