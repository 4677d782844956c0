// IMFCameraSyncObject behind a handle: the registration of one event with the camera, and the two
// ways to wait for it.
#pragma once

#include <windows.h>

#include <atomic>

#include "event_waits.h"
#include "virtual_camera.h"

namespace mfvcam {

class CameraSyncObject final : public CameraChild {
 public:
    static constexpr Kind object_kind = Kind::sync_object;

    static HRESULT create(Ref<VirtualCamera> camera, const GUID& set, UINT32 id, UINT32 flags,
                          HANDLE event, mfvcam_handle* handle);

    // Each is a call in flight: the caller holds a Lease.
    HRESULT wait_on_signal(UINT32 timeout) noexcept;
    HRESULT await(UINT32 timeout, HANDLE cancel) noexcept;
    HRESULT shutdown() noexcept;

    void end(HRESULT reason) noexcept override;
    void renew() noexcept override;

 private:
    CameraSyncObject(Ref<VirtualCamera> camera, const GUID& set, UINT32 id, UINT32 flags) noexcept;
    ~CameraSyncObject() override;
    void on_close() noexcept override;
    void finish() noexcept override;

    HRESULT prepare(HANDLE event);
    // Has the camera register the event; the result is dropped again if this object has ended
    // meanwhile.
    HRESULT register_event() noexcept;
    HRESULT end_reason() noexcept;
    void renew_once() noexcept;

    const GUID set_;
    const UINT32 id_;
    const UINT32 flags_;
    OwnedHandle event_;  // a duplicate: the caller may close his own at any time
    OwnedHandle ended_;  // manual reset
    EventWaits::Share waits_;
    std::atomic<int> renewals_{0};    // asked for and not done
    std::atomic<bool> spent_{false};  // a ONESHOT that was seen to fire

    Lock lock_;
    HRESULT reason_ = S_OK;                   // lock_; a failure once ended
    ComPtr<IMFCameraSyncObject> registered_;  // lock_
};

}  // namespace mfvcam
