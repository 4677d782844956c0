// IMFVirtualCamera: what one call of MFCreateVirtualCamera made. The camera it opens may be shared.
#pragma once

#include <windows.h>

#include <memory>

#include "camera_key.h"
#include "children.h"
#include "com_object.h"
#include "com_ptr.h"
#include "counters.h"
#include "forwarded_attributes.h"
#include "host.h"
#include "lock.h"
#include "start_callback.h"
#include "trace.h"

namespace mfvcam::simulator {

class VirtualCamera final
    : public ComObject<VirtualCamera, ForwardedAttributes<IMFVirtualCamera, TracedCalls>> {
 public:
    static HRESULT make(const CameraKey& key, ComPtr<IMFVirtualCamera>& camera);

    ~VirtualCamera();

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP AddDeviceSourceInfo(LPCWSTR device_source_info) override;
    STDMETHODIMP AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data,
                             ULONG size) override;
    STDMETHODIMP AddRegistryEntry(LPCWSTR entry_name, LPCWSTR subkey_path, DWORD reg_type,
                                  const BYTE* data, ULONG size) override;
    STDMETHODIMP Start(IMFAsyncCallback* callback) override;
    STDMETHODIMP Stop() override;
    STDMETHODIMP Remove() override;
    STDMETHODIMP GetMediaSource(IMFMediaSource** media_source) override;
    STDMETHODIMP SendCameraProperty(REFGUID property_set, ULONG property_id, ULONG property_flags,
                                    void* property_payload, ULONG property_payload_length,
                                    void* data, ULONG data_length, ULONG* data_written) override;
    STDMETHODIMP CreateSyncEvent(REFGUID ksevent_set, ULONG ksevent_id, ULONG ksevent_flags,
                                 HANDLE event_handle,
                                 IMFCameraSyncObject** camera_sync_object) override;
    STDMETHODIMP CreateSyncSemaphore(REFGUID ksevent_set, ULONG ksevent_id, ULONG ksevent_flags,
                                     HANDLE semaphore_handle, LONG semaphore_adjustment,
                                     IMFCameraSyncObject** camera_sync_object) override;
    STDMETHODIMP Shutdown() override;

 private:
    explicit VirtualCamera(CameraKey key);

    HRESULT usable() noexcept override;
    // For what is configured before Start.
    HRESULT configurable() noexcept;
    HRESULT end() noexcept;
    // A call that fails because the camera is shut down under it says so.
    HRESULT unless_shut_down(HRESULT failure) noexcept;
    // The camera of these parameters, if there is one; for Start, made if not. Null after Shutdown.
    HRESULT open(Host::Open how, std::shared_ptr<CameraHold>& hold, CameraState& state);
    void forget(const std::shared_ptr<CameraHold>& hold) noexcept;
    // For Stop and Remove: the camera, or why it may not be touched. No camera: the answer all the
    // same.
    HRESULT existing_camera(std::shared_ptr<CameraHold>& hold);
    // Its media source while it is started, else null.
    HRESULT started_source(std::shared_ptr<HostedSource>& source);
    void describe() noexcept;
    HRESULT start(IMFAsyncCallback* callback);
    HRESULT send_property(REFGUID property_set, ULONG property_id, ULONG property_flags,
                          void* property_payload, ULONG property_payload_length, void* data,
                          ULONG data_length, ULONG* data_written);
    HRESULT get_own_property(ULONG id, void* data, ULONG length, ULONG* written);
    HRESULT set_own_property(ULONG id, const void* data, ULONG length);
    HRESULT create_sync(REFGUID set, ULONG id, ULONG flags, HANDLE handle, ULONG notification_type,
                        LONG adjustment, IMFCameraSyncObject** sync_object);

    const CameraKey key_;
    const std::shared_ptr<Children> children_;
    const std::shared_ptr<StartCallbacks> callbacks_;
    Lock lock_;
    bool shut_down_ = false;
    std::shared_ptr<CameraHold> hold_;
    Counted counted_{camera_counters};
};

}  // namespace mfvcam::simulator
