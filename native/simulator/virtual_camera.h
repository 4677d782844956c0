// IMFVirtualCamera: what one call of MFCreateVirtualCamera made. The camera it opens may be shared.
#pragma once

#include <windows.h>

#include <memory>

#include "camera.h"
#include "camera_key.h"
#include "children.h"
#include "com_ptr.h"
#include "forwarded_attributes.h"
#include "host.h"
#include "lock.h"
#include "unknown.h"

namespace mfvcam::simulator {

class VirtualCamera final : public ForwardedAttributes {
 public:
    static HRESULT make(const CameraKey& key, ComPtr<IMFVirtualCamera>& camera);

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override;
    STDMETHODIMP_(ULONG) AddRef() override;
    STDMETHODIMP_(ULONG) Release() override;

    STDMETHODIMP AddDeviceSourceInfo(LPCWSTR deviceSourceInfo) override;
    STDMETHODIMP AddProperty(const DEVPROPKEY* key, DEVPROPTYPE type, const BYTE* data,
                             ULONG size) override;
    STDMETHODIMP AddRegistryEntry(LPCWSTR entryName, LPCWSTR subkeyPath, DWORD regType,
                                  const BYTE* data, ULONG size) override;
    STDMETHODIMP Start(IMFAsyncCallback* callback) override;
    STDMETHODIMP Stop() override;
    STDMETHODIMP Remove() override;
    STDMETHODIMP GetMediaSource(IMFMediaSource** mediaSource) override;
    STDMETHODIMP SendCameraProperty(REFGUID propertySet, ULONG propertyId, ULONG propertyFlags,
                                    void* propertyPayload, ULONG propertyPayloadLength, void* data,
                                    ULONG dataLength, ULONG* dataWritten) override;
    STDMETHODIMP CreateSyncEvent(REFGUID kseventSet, ULONG kseventId, ULONG kseventFlags,
                                 HANDLE eventHandle,
                                 IMFCameraSyncObject** cameraSyncObject) override;
    STDMETHODIMP CreateSyncSemaphore(REFGUID kseventSet, ULONG kseventId, ULONG kseventFlags,
                                     HANDLE semaphoreHandle, LONG semaphoreAdjustment,
                                     IMFCameraSyncObject** cameraSyncObject) override;
    STDMETHODIMP Shutdown() override;

 private:
    VirtualCamera(CameraKey key, const ComPtr<IMFAttributes>& attributes);
    ~VirtualCamera();

    HRESULT usable() noexcept override;
    // A call that fails because the camera is shut down under it says so.
    HRESULT unlessShutDown(HRESULT failure) noexcept;
    // The camera of these parameters, if there is one; for Start, made if not. Null after Shutdown.
    enum class Open { kExisting, kForStart };
    std::shared_ptr<Camera> open(Open how);
    // Its media source while it is started, else null.
    std::shared_ptr<HostedSource> startedSource();
    void describe() noexcept;
    HRESULT start(IMFAsyncCallback* callback);
    HRESULT createSync(REFGUID set, ULONG id, ULONG flags, HANDLE handle, ULONG notificationType,
                       LONG adjustment, IMFCameraSyncObject** syncObject);

    ReferenceCount references_;
    const CameraKey key_;
    const std::shared_ptr<Children> children_;
    Lock lock_;
    bool shutDown_ = false;
    std::shared_ptr<Camera> camera_;  // held in the registry
};

}  // namespace mfvcam::simulator
